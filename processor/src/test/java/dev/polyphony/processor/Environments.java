/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jetbrains.jps.javac.APIWrappers;

/** Environments as build tools hand them to processors. */
final class Environments {

    private Environments() {}

    /** Hands the processor another environment than the compiler's. */
    record Wrapped(Processor processor, UnaryOperator<ProcessingEnvironment> wrapping)
            implements Processor {

        /**
         * As Gradle does: a class that holds the compiler's environment in a field, with a filer
         * that takes exactly one originating element from an isolating processor.
         */
        static Wrapped likeGradle(Processor processor) {
            return new Wrapped(processor, Isolating::new);
        }

        /** As builds of IntelliJ IDEA do: a proxy that only its own class can unwrap. */
        static Wrapped likeBuildsOfIntelliJ(Processor processor) {
            return new Wrapped(processor, APIWrappers::wrap);
        }

        /** As IntelliJ IDEA does: a proxy whose handler holds the compiler's environment. */
        static Wrapped likeIntelliJ(Processor processor) {
            return new Wrapped(
                    processor,
                    environment ->
                            proxy(
                                    ProcessingEnvironment.class,
                                    environment,
                                    Environments.class.getName()));
        }

        /** As Eclipse does: no way to javac's trees, and the source file is not told either. */
        static Wrapped hidden(Processor processor) {
            return new Wrapped(processor, environment -> new Hidden(environment, false));
        }

        /** As Eclipse's batch compiler does on Java 18 and later. */
        static Wrapped telling(Processor processor) {
            return new Wrapped(processor, environment -> new Hidden(environment, true));
        }

        /** An environment in which nothing can be written. */
        static Wrapped failing(Processor processor) {
            return new Wrapped(processor, Failing::new);
        }

        /** Notes the originating elements of each file. */
        static Wrapped recording(Processor processor, List<List<Element>> origins) {
            return new Wrapped(processor, environment -> new Recording(environment, origins));
        }

        @Override
        public void init(ProcessingEnvironment environment) {
            processor.init(wrapping.apply(environment));
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return processor.process(annotations, round);
        }

        @Override
        public Set<String> getSupportedOptions() {
            return processor.getSupportedOptions();
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return processor.getSupportedAnnotationTypes();
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return processor.getSupportedSourceVersion();
        }

        @Override
        public Iterable<? extends javax.annotation.processing.Completion> getCompletions(
                javax.lang.model.element.Element element,
                javax.lang.model.element.AnnotationMirror annotation,
                javax.lang.model.element.ExecutableElement member,
                String userText) {
            return processor.getCompletions(element, annotation, member, userText);
        }
    }

    private static <T> T proxy(Class<T> type, T target, String owner) {
        return type.cast(
                Proxy.newProxyInstance(
                        Environments.class.getClassLoader(),
                        new Class<?>[] {type},
                        new java.lang.reflect.InvocationHandler() {
                            private final Object captured = target;

                            @Override
                            public Object invoke(
                                    Object proxy,
                                    java.lang.reflect.Method method,
                                    Object[] arguments)
                                    throws Throwable {
                                try {
                                    return method.invoke(captured, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            }
                        }));
    }

    private static class Delegating implements ProcessingEnvironment {

        private final ProcessingEnvironment delegate;

        Delegating(ProcessingEnvironment delegate) {
            this.delegate = delegate;
        }

        @Override
        public Map<String, String> getOptions() {
            return delegate.getOptions();
        }

        @Override
        public Messager getMessager() {
            return delegate.getMessager();
        }

        @Override
        public Filer getFiler() {
            return delegate.getFiler();
        }

        @Override
        public Elements getElementUtils() {
            return delegate.getElementUtils();
        }

        @Override
        public Types getTypeUtils() {
            return delegate.getTypeUtils();
        }

        @Override
        public SourceVersion getSourceVersion() {
            return delegate.getSourceVersion();
        }

        @Override
        public Locale getLocale() {
            return delegate.getLocale();
        }
    }

    /** The compiler's environment is where no unwrapping looks for it. */
    private static final class Hidden implements ProcessingEnvironment {

        private final ProcessingEnvironment[] compiler;
        private final boolean tellsFiles;

        Hidden(ProcessingEnvironment compiler, boolean tellsFiles) {
            this.compiler = new ProcessingEnvironment[] {compiler};
            this.tellsFiles = tellsFiles;
        }

        @Override
        public Elements getElementUtils() {
            Elements elements = compiler[0].getElementUtils();
            return (Elements)
                    Proxy.newProxyInstance(
                            Environments.class.getClassLoader(),
                            new Class<?>[] {Elements.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("getFileObjectOf") && !tellsFiles) {
                                    throw new UnsupportedOperationException();
                                }
                                try {
                                    return method.invoke(elements, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        }

        @Override
        public Map<String, String> getOptions() {
            return compiler[0].getOptions();
        }

        @Override
        public Messager getMessager() {
            return compiler[0].getMessager();
        }

        @Override
        public Filer getFiler() {
            return compiler[0].getFiler();
        }

        @Override
        public Types getTypeUtils() {
            return compiler[0].getTypeUtils();
        }

        @Override
        public SourceVersion getSourceVersion() {
            return compiler[0].getSourceVersion();
        }

        @Override
        public Locale getLocale() {
            return compiler[0].getLocale();
        }
    }

    private static final class Isolating extends Delegating {

        private final Filer filer;

        Isolating(ProcessingEnvironment delegate) {
            super(delegate);
            this.filer = delegate.getFiler();
        }

        @Override
        public Filer getFiler() {
            return (Filer)
                    Proxy.newProxyInstance(
                            Environments.class.getClassLoader(),
                            new Class<?>[] {Filer.class},
                            (proxy, method, arguments) -> {
                                int origins = ((Element[]) arguments[1]).length;
                                if (origins != 1) {
                                    throw new IllegalStateException(
                                            "Generated type '%s' must have exactly one originating element, but had %d"
                                                    .formatted(arguments[0], origins));
                                }
                                return method.invoke(filer, arguments);
                            });
        }
    }

    private static final class Recording extends Delegating {

        private final ProcessingEnvironment compiler;
        private final List<List<Element>> origins;

        Recording(ProcessingEnvironment delegate, List<List<Element>> origins) {
            super(delegate);
            this.compiler = delegate;
            this.origins = origins;
        }

        @Override
        public Filer getFiler() {
            return (Filer)
                    Proxy.newProxyInstance(
                            Environments.class.getClassLoader(),
                            new Class<?>[] {Filer.class},
                            (proxy, method, arguments) -> {
                                origins.add(List.of((Element[]) arguments[1]));
                                return method.invoke(compiler.getFiler(), arguments);
                            });
        }
    }

    private static final class Failing extends Delegating {

        Failing(ProcessingEnvironment delegate) {
            super(delegate);
        }

        @Override
        public Filer getFiler() {
            return (Filer)
                    Proxy.newProxyInstance(
                            Environments.class.getClassLoader(),
                            new Class<?>[] {Filer.class},
                            (proxy, method, arguments) -> {
                                throw new IllegalStateException("filer");
                            });
        }
    }
}
