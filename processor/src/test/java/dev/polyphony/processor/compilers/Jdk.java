/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.compilers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java Development Kit of this machine.
 *
 * @param home its folder
 * @param feature its version, such as 17
 */
record Jdk(Path home, int feature) {

    /** The oldest that is supported. */
    static final int OLDEST = 17;

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    /** The one that runs this test. */
    static Jdk running() {
        return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /**
     * The others, one of each version: those that the system property {@code polyphony.jdks} and
     * the environment variables {@code JAVA_HOME*} name, and those beside the running one.
     */
    static List<Jdk> others() {
        Map<Integer, Jdk> found = new TreeMap<>();
        for (Path home : homes()) {
            at(home).filter(jdk -> jdk.feature() >= OLDEST)
                    .ifPresent(jdk -> found.putIfAbsent(jdk.feature(), jdk));
        }
        found.remove(running().feature());
        return List.copyOf(found.values());
    }

    /** The newest, the running one included. */
    static Jdk newest() {
        return Stream.concat(Stream.of(running()), others().stream())
                .max(Comparator.comparingInt(Jdk::feature))
                .orElseThrow();
    }

    private static List<Path> homes() {
        List<Path> homes = new ArrayList<>();
        String given = System.getProperty("polyphony.jdks", "");
        for (String home : given.split(File.pathSeparator)) {
            homes.add(Path.of(home));
        }
        System.getenv()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith("JAVA_HOME")) {
                                homes.add(Path.of(value));
                            }
                        });
        Path siblings = running().home().getParent();
        try (Stream<Path> list = Files.list(siblings)) {
            list.sorted().forEach(homes::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return homes;
    }

    private static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/javac"))) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(release));
            return version.find()
                    ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1))))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of a tool. */
    String tool(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
