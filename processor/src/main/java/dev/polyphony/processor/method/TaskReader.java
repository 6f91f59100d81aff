/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.AnnotationPlaces;
import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.method.Tasks.Mark;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Reads which outputs a model has, and checks what is said of them. */
public final class TaskReader {

    /** The annotation of an output. */
    public static final String ANNOTATION = Runtime.ANNOTATIONS + ".Task";

    private static final String USUAL = "DEFAULT";

    /** Of which kind of task a loss is. */
    private static final Map<String, String> LOSSES =
            Map.of(
                    "CROSS_ENTROPY", "CLASSIFICATION",
                    "BINARY_CROSS_ENTROPY", "MULTI_LABEL",
                    "SQUARED_ERROR", "REGRESSION",
                    "ABSOLUTE_ERROR", "REGRESSION",
                    "HUBER", "REGRESSION");

    /** Of which kind of task a metric is. */
    private static final Map<String, String> METRICS =
            Map.of(
                    "ACCURACY", "CLASSIFICATION",
                    "MACRO_F1", "CLASSIFICATION",
                    "NLL", "CLASSIFICATION",
                    "LABEL_ACCURACY", "MULTI_LABEL",
                    "BINARY_CROSS_ENTROPY", "MULTI_LABEL",
                    "RMSE", "REGRESSION",
                    "MAE", "REGRESSION",
                    "R2", "REGRESSION");

    private final AnnotationPlaces places;
    private final Function<TypeElement, OptionalInt> outputs;

    /**
     * Creates a reader.
     *
     * @param places finds repeated annotations in the source
     * @param outputs tells how many arrays a model returns, where its source shows it
     */
    public TaskReader(AnnotationPlaces places, Function<TypeElement, OptionalInt> outputs) {
        this.places = places;
        this.outputs = outputs;
    }

    /**
     * Reads the tasks of a type.
     *
     * @param holder the annotated type
     * @param problems where to add what makes no sense
     * @return the tasks
     */
    public Tasks read(TypeElement holder, List<Problem> problems) {
        List<AnnotationMirror> mirrors = mirrors(holder);
        int before = problems.size();
        List<Mark> marks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean isWhole = true;
        for (int i = 0; i < mirrors.size(); i++) {
            Optional<Mark> mark = new Annotation(holder, mirrors.get(i), i, problems).read(names);
            mark.ifPresent(marks::add);
            isWhole &= mark.isPresent();
        }
        OptionalInt known = mirrors.isEmpty() ? OptionalInt.empty() : outputs.apply(holder);
        if (known.isPresent() && known.getAsInt() != mirrors.size()) {
            String what =
                    "The model returns %d arrays, but %d %s named"
                            .formatted(
                                    known.getAsInt(),
                                    mirrors.size(),
                                    mirrors.size() == 1 ? "task is" : "tasks are");
            problems.add(new Problem(Code.TASK_COUNT, what, place(holder, mirrors.get(0), 0)));
        }
        return new Tasks(List.copyOf(marks), isWhole && problems.size() == before);
    }

    /**
     * Finds tasks that nothing is generated for.
     *
     * @param holder a type that no ensemble is made of
     * @return the problem, if the type names tasks
     */
    public Optional<Problem> findAlone(TypeElement holder) {
        List<AnnotationMirror> mirrors = mirrors(holder);
        if (mirrors.isEmpty()) {
            return Optional.empty();
        }
        String what =
                "'%s' names tasks, but no ensemble is made of it".formatted(holder.getSimpleName());
        return Optional.of(new Problem(Code.TASKS_ALONE, what, place(holder, mirrors.get(0), 0)));
    }

    private Place place(TypeElement holder, AnnotationMirror mirror, int index) {
        return places.find(holder, "Task", index, "")
                .map(AnnotationPlaces.Found::place)
                .orElse(Place.of(holder, mirror));
    }

    /** The annotations in their order; the compiler puts several into a container. */
    private static List<AnnotationMirror> mirrors(TypeElement holder) {
        List<AnnotationMirror> found = new ArrayList<>();
        for (AnnotationMirror mirror : holder.getAnnotationMirrors()) {
            String name =
                    TypeRef.of((TypeElement) mirror.getAnnotationType().asElement()).toString();
            if (name.equals(ANNOTATION)) {
                found.add(mirror);
            } else if (name.equals(ANNOTATION + ".List")) {
                mirror.getElementValues().values().stream()
                        .filter(value -> value.getValue() instanceof List<?>)
                        .flatMap(value -> ((List<?>) value.getValue()).stream())
                        .map(value -> (AnnotationMirror) ((AnnotationValue) value).getValue())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private final class Annotation {

        private final TypeElement holder;
        private final AnnotationMirror mirror;
        private final int index;
        private final List<Problem> problems;

        Annotation(TypeElement holder, AnnotationMirror mirror, int index, List<Problem> problems) {
            this.holder = holder;
            this.mirror = mirror;
            this.index = index;
            this.problems = problems;
        }

        /** The output; empty if its name is not known, which the compiler or a problem says. */
        Optional<Mark> read(Set<String> names) {
            String kind = constant("kind").orElse("CLASSIFICATION");
            Optional<String> loss = constant("loss").filter(name -> !name.equals(USUAL));
            Optional<String> metric = constant("metric").filter(name -> !name.equals(USUAL));
            loss.ifPresent(name -> requireKind("loss", name, LOSSES, kind));
            metric.ifPresent(name -> requireKind("metric", name, METRICS, kind));
            double weight = weight();
            return name(names).map(name -> new Mark(name, kind, loss, metric, weight));
        }

        private Optional<String> name(Set<String> names) {
            Optional<? extends AnnotationValue> value = value("name");
            if (value.isEmpty() || !(value.get().getValue() instanceof String name)) {
                return Optional.empty();
            }
            if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
                add(Code.TASK_NAME, "name", "'%s' is not a Java identifier".formatted(name));
                return Optional.empty();
            }
            if (!names.add(name)) {
                add(Code.TASK_NAME, "name", "'%s' is the name of two tasks".formatted(name));
                return Optional.empty();
            }
            return Optional.of(name);
        }

        private double weight() {
            Optional<? extends AnnotationValue> value = value("weight");
            if (value.isEmpty() || !(value.get().getValue() instanceof Number number)) {
                return 1;
            }
            double weight = number.doubleValue();
            if (!(weight > 0 && Double.isFinite(weight))) {
                add(
                        Code.OUT_OF_RANGE,
                        "weight",
                        "'weight' is %s, but must be above 0".formatted(number));
            }
            return weight;
        }

        private void requireKind(
                String attribute, String name, Map<String, String> kinds, String kind) {
            if (kinds.containsKey(name) && !kinds.get(name).equals(kind)) {
                add(
                        Code.TASK_KIND,
                        attribute,
                        "'%s' is a %s of %s, but the task is one of %s"
                                .formatted(name, attribute, kinds.get(name), kind));
            }
        }

        private Optional<String> constant(String attribute) {
            return value(attribute)
                    .map(AnnotationValue::getValue)
                    .filter(VariableElement.class::isInstance)
                    .map(value -> ((VariableElement) value).getSimpleName().toString());
        }

        private Optional<? extends AnnotationValue> value(String attribute) {
            for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                    mirror.getElementValues().entrySet()) {
                if (entry.getKey().getSimpleName().contentEquals(attribute)) {
                    return Optional.of(entry.getValue());
                }
            }
            return Optional.empty();
        }

        private void add(Code code, String attribute, String what) {
            Place place =
                    places.find(holder, "Task", index, attribute)
                            .map(AnnotationPlaces.Found::place)
                            .orElse(
                                    value(attribute)
                                            .map(value -> Place.of(holder, mirror, value))
                                            .orElse(Place.of(holder, mirror)));
            problems.add(new Problem(code, what, place));
        }
    }
}
