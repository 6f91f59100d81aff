/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A browser of this machine that opens files, without a window and without a network. */
final class Browser implements AutoCloseable {

    private static final List<String> FOLDERS =
            List.of("/usr/bin", "/usr/local/bin", "/usr/lib/chromium", "/snap/bin");

    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final int ATTEMPTS = 5;

    private final ChromeDriver driver;

    private Browser(Path program, Path driverProgram) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        // with both paths given, nothing is looked for, and so nothing is downloaded
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driverProgram.toFile())
                        .build();
        driver = new ChromeDriver(service, options);
    }

    /** Starts a browser, if this machine has Chromium and its driver. */
    static Optional<Browser> start() {
        Optional<Path> program = find(BROWSERS);
        Optional<Path> driverProgram = find(List.of("chromedriver"));
        return program.isPresent() && driverProgram.isPresent()
                ? Optional.of(new Browser(program.get(), driverProgram.get()))
                : Optional.empty();
    }

    private static Optional<Path> find(List<String> names) {
        return names.stream()
                .flatMap(name -> FOLDERS.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Shows a file as a window of this width does, in the light or in the dark. */
    void open(Path file, int width, int height, boolean isDark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        isDark ? "dark" : "light"))));
        driver.get(file.toUri().toString());
    }

    /** Runs a script in the page. */
    Object run(String script) {
        return driver.executeScript(script);
    }

    /** What the page's console says that is no mere information. */
    List<String> getErrors() {
        return StreamSupport.stream(
                        driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** All that was asked for since the last call, but for what pages hold in themselves. */
    List<String> getRequests() {
        return StreamSupport.stream(
                        driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
                .map(entry -> new Gson().fromJson(entry.getMessage(), JsonObject.class))
                .map(entry -> entry.getAsJsonObject("message"))
                .filter(
                        message ->
                                message.get("method")
                                        .getAsString()
                                        .equals("Network.requestWillBeSent"))
                .map(
                        message ->
                                message.getAsJsonObject("params")
                                        .getAsJsonObject("request")
                                        .get("url")
                                        .getAsString())
                .filter(url -> !url.startsWith("data:"))
                .toList();
    }

    /** Keeps a picture of the whole page. */
    void screenshot(Path file) throws IOException {
        Map<String, Object> picture = capture(ATTEMPTS);
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
    }

    /** On a busy machine, a page that has just been opened may not be attached yet. */
    private Map<String, Object> capture(int attempts) {
        try {
            return driver.executeCdpCommand(
                    "Page.captureScreenshot",
                    Map.of("format", "png", "captureBeyondViewport", true));
        } catch (TimeoutException e) {
            if (attempts == 1) {
                throw e;
            }
            return capture(attempts - 1);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
