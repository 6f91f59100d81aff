/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java process with the classes and settings of this one, and one thread for arithmetic: DJL
 * allows one training at a time in a process.
 */
public final class ChildProcess {

    private static final String PROPERTIES = "ai\\.djl\\..*|DJL_.*|org\\.slf4j\\..*|polyphony\\..*";

    private ChildProcess() {}

    /**
     * Prepares a process. It inherits options of the virtual machine, such as its memory, and the
     * system properties of DJL, of loggers and of this library.
     *
     * @param main its main class
     * @param user a class of the user's, which must be on the class path
     * @param arguments its arguments
     * @return the builder
     * @throws IllegalArgumentException if the class does not come from a class path
     */
    public static ProcessBuilder of(Class<?> main, Class<?> user, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(ChildProcess::isInherited)
                .forEach(command::add);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.matches(PROPERTIES))
                .sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        // processes share the cores among them: one thread each, and the last word counts
        command.add("-Dai.djl.pytorch.num_threads=1");
        command.add("-Dai.djl.pytorch.num_interop_threads=1");
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", classPath(user.getClassLoader()));
        environment.put("OMP_NUM_THREADS", "1");
        return builder;
    }

    /**
     * Ends this process when the one that started it ends, however that comes about: it holds the
     * other end of standard input, which closes with it. To be called first in {@code main}.
     */
    public static void endWithParent() {
        InputStream in = System.in;
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (in.read() >= 0) {
                                    // nothing is sent
                                }
                            } catch (IOException e) {
                                // as at the end
                            }
                            Runtime.getRuntime().halt(1);
                        },
                        "parent watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** Agents, such as debuggers, are not: two of them would want the same port. */
    private static boolean isInherited(String argument) {
        return argument.matches("-X(?!debug|runjdwp).*|-D.*|-ea.*|--add-.*|--enable-.*");
    }

    private static String classPath(ClassLoader loader) {
        List<String> path = new ArrayList<>();
        ClassLoader each = loader;
        while (each != null && each != ClassLoader.getSystemClassLoader()) {
            if (!(each instanceof URLClassLoader urls)) {
                throw new IllegalArgumentException(
                        "Nothing can be trained in a process of its own: the classes come from %s, not from a class path. Run the program with java -cp, or train in this process"
                                .formatted(each));
            }
            for (URL url : urls.getURLs()) {
                path.add(file(url));
            }
            each = each.getParent();
        }
        path.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, path);
    }

    private static String file(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "Nothing can be trained in a process of its own: classes come from %s, which is no file. Train in this process"
                            .formatted(url),
                    e);
        }
    }
}
