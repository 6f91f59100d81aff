/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polyphony.evaluate.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens the page of a report in a browser, as a reader does. */
class PageBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @TempDir private static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void write() throws IOException {
        Optional<Browser> started = Browser.start();
        assumeTrue(
                started.isPresent(),
                "SKIPPED: this machine has no Chromium with its driver (on Debian: apt-get install"
                        + " chromium chromium-driver)");
        browser = started.get();
        page = Samples.report().writeTo(folder);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"390, false", "390, true", "1280, false", "1280, true"})
    void pageIsReadable(int width, boolean isDark) throws IOException {
        browser.getRequests();
        browser.open(page, width, 844, isDark);
        browser.screenshot(
                SCREENSHOTS.resolve(
                        "report-%d-%s.png".formatted(width, isDark ? "dark" : "light")));
        assertEquals(List.of(page.toUri().toString()), browser.getRequests());
        assertIsReadable();
    }

    @Test
    void pagesOfOtherTasksAreReadable(@TempDir Path other) throws IOException {
        for (Report report : List.of(Samples.numbers(), Samples.labels())) {
            Path file = report.writeTo(other.resolve(report.getTitle()));
            String name = report.getTitle().toLowerCase(Locale.ROOT);
            for (int width : new int[] {390, 1280}) {
                browser.open(file, width, 844, false);
                browser.screenshot(SCREENSHOTS.resolve("%s-%d.png".formatted(name, width)));
                assertIsReadable();
            }
        }
    }

    private static void assertIsReadable() {
        assertEquals(List.of(), browser.getErrors());
        assertEquals(
                List.of(),
                browser.run(
                        """
                        const wide = document.documentElement.clientWidth;
                        return [...document.querySelectorAll("body *")]
                            .filter(e => !e.closest(".table") && !e.closest("svg"))
                            .filter(e => e.getBoundingClientRect().right > wide + 1)
                            .map(e => e.outerHTML.slice(0, 80));
                        """),
                "what is wider than the window");
        assertEquals(
                Boolean.TRUE,
                browser.run(
                        "return document.scrollingElement.scrollWidth <= document.documentElement.clientWidth;"),
                "the page scrolls to the side");
        assertEquals(List.of(), browser.run(UNREADABLE), "words that are too pale");
    }

    /** Words whose contrast with what is behind them is less than 4.5 (WCAG 2.1, AA). */
    private static final String UNREADABLE =
            """
            const channel = v => v <= 10 ? v / 3294 : Math.pow((v / 255 + 0.055) / 1.055, 2.4);
            const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
            const parse = c => c.match(/[\\d.]+/g).map(Number);
            const ground = e => {
              for (let at = e; at; at = at.parentElement) {
                const c = parse(getComputedStyle(at).backgroundColor);
                if (c.length === 3 || c[3] === 1) { return c; }
              }
              return [255, 255, 255];
            };
            return [...document.querySelectorAll("h1, h2, h3, p, td, th, dt, dd, figcaption, a, caption, small, svg:not(.fixed) text")]
              .filter(e => e.textContent.trim() !== "")
              .filter(e => {
                const style = getComputedStyle(e);
                const [a, b] = [light(parse(e.closest("svg") ? style.fill : style.color)), light(ground(e))];
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
              })
              .map(e => e.outerHTML.slice(0, 90));
            """;

    @Test
    void imagesAreDecodedAndNamed() {
        browser.open(page, 1280, 844, false);
        assertEquals(
                List.of(),
                browser.run(
                        """
                        return [...document.images]
                            .filter(i => !i.complete || i.naturalWidth === 0 || i.alt === "")
                            .map(i => i.outerHTML.slice(0, 80));
                        """));
        assertEquals(
                List.of(),
                browser.run(
                        """
                        return [...document.querySelectorAll("figure svg")]
                            .filter(s => !s.getAttribute("aria-label") || s.getBoundingClientRect().height < 60)
                            .map(s => s.outerHTML.slice(0, 80));
                        """));
        Long figures = (Long) browser.run("return document.querySelectorAll('figure').length");
        assertEquals(Page.of(Samples.report()).pictures().size(), figures.intValue());
    }

    @Test
    void wordsOfPicturesStayInside() {
        for (int width : new int[] {390, 1280}) {
            browser.open(page, width, 844, false);
            assertEquals(
                    List.of(),
                    browser.run(
                            """
                            return [...document.querySelectorAll("figure svg text")]
                                .filter(t => {
                                  const [a, b] = [t.getBoundingClientRect(), t.closest("svg").getBoundingClientRect()];
                                  return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1;
                                })
                                .map(t => t.closest("svg").getAttribute("aria-label") + ": " + t.textContent);
                            """));
        }
    }

    @Test
    void headingsAreInOrderAndLinked() {
        browser.open(page, 1280, 844, false);
        assertEquals(1L, browser.run("return document.querySelectorAll('h1').length"));
        assertEquals(
                List.of(),
                browser.run(
                        """
                        return [...document.querySelectorAll("nav a")]
                            .filter(a => !document.querySelector(a.getAttribute("href") + " > h2"))
                            .map(a => a.textContent);
                        """),
                "links that lead nowhere");
        Long sections = (Long) browser.run("return document.querySelectorAll('h2').length");
        assertEquals(sections - 1, browser.run("return document.querySelectorAll('nav a').length"));
    }

    @Test
    void tablesHoldTheNumbersAndSort() {
        browser.open(page, 1280, 844, false);
        List<String> names = Samples.report().getResults().stream().map(Result::name).toList();
        String cells =
                """
                const table = document.querySelector("table");
                const column = [...table.tHead.rows[0].cells].findIndex(c => c.textContent === "%s");
                return [...table.tBodies[0].rows].map(r => r.cells[column].textContent);
                """;
        List<String> accuracies =
                Samples.report().getResults().stream()
                        .map(row -> row.evaluation().getValue(Metrics.ACCURACY))
                        .map(Metrics.ACCURACY::format)
                        .toList();
        assertEquals(accuracies, browser.run(cells.formatted("Accuracy")));
        browser.run(
                "[...document.querySelectorAll('table thead button')].find(b => b.textContent === 'Parameters').click()");
        List<Long> sorted =
                Samples.report().getResults().stream()
                        .map(row -> row.cost().parameters())
                        .sorted()
                        .toList();
        Object shown = browser.run(cells.formatted("Parameters"));
        assertEquals(
                sorted,
                ((List<?>) shown)
                        .stream()
                                .map(text -> Long.valueOf(text.toString().replace(",", "")))
                                .toList());
        assertTrue(names.size() > 3);
    }
}
