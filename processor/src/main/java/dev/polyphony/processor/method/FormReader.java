/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.AnnotationPlaces;
import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.method.Form.EnumValue;
import dev.polyphony.processor.method.Form.FlagValue;
import dev.polyphony.processor.method.Form.NumberValue;
import dev.polyphony.processor.method.Form.Setting;
import dev.polyphony.processor.method.Form.Value;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Reads the annotations of a model and checks their attributes. */
public final class FormReader {

    /** What javac gives as the value of an attribute that it could not make sense of. */
    private static final String ERROR = "<error>";

    private final Elements elements;
    private final AnnotationPlaces places;
    private final TaskReader taskReader;

    /**
     * Creates a reader.
     *
     * @param elements the compiler's elements
     * @param places finds repeated annotations in the source
     * @param taskReader reads the tasks of a model
     */
    public FormReader(Elements elements, AnnotationPlaces places, TaskReader taskReader) {
        this.elements = elements;
        this.places = places;
        this.taskReader = taskReader;
    }

    /**
     * Returns the qualified names of all annotations, with the containers of repeated ones.
     *
     * @return the names
     */
    public static List<String> annotationTypes() {
        return Stream.concat(
                        Stream.of(Method.values()).map(Method::getAnnotationType),
                        Stream.of(TaskReader.ANNOTATION))
                .flatMap(name -> Stream.of(name, name + ".List"))
                .toList();
    }

    /**
     * Tells whether the compiler knows the classes that the annotations name as models.
     *
     * @param holder the annotated type
     * @return false if a class is missing (so far)
     */
    public boolean isResolved(TypeElement holder) {
        return annotations(holder).stream().noneMatch(Annotation::isModelMissing);
    }

    /**
     * Reads what a type is annotated with.
     *
     * @param holder the annotated type
     * @param problems where to add what is named as a model and is no class
     * @return the models that are asked for, in the order of the annotations
     */
    public List<Request> read(TypeElement holder, List<Problem> problems) {
        Map<TypeElement, Request> requests = new LinkedHashMap<>();
        List<Annotation> annotations = annotations(holder);
        Tasks tasks = taskReader.read(holder, problems);
        if (annotations.isEmpty()) {
            taskReader.findAlone(holder).ifPresent(problems::add);
        }
        for (Annotation annotation : annotations) {
            Optional<TypeElement> model = annotation.model(problems);
            if (model.isPresent()) {
                Request request =
                        requests.computeIfAbsent(
                                model.get(),
                                type ->
                                        new Request(
                                                new Target(holder, type),
                                                new ArrayList<>(),
                                                tasks,
                                                new ArrayList<>(),
                                                annotation.modelPlace()));
                request.forms().add(annotation.read(request.problems()));
            }
        }
        return List.copyOf(requests.values());
    }

    private List<Annotation> annotations(TypeElement type) {
        List<Annotation> annotations = new ArrayList<>();
        for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
            String name =
                    TypeRef.of((TypeElement) mirror.getAnnotationType().asElement()).toString();
            for (Method method : Method.values()) {
                if (name.equals(method.getAnnotationType())) {
                    annotations.add(new Annotation(type, mirror, method, 0));
                } else if (name.equals(method.getAnnotationType() + ".List")) {
                    int index = 0;
                    for (AnnotationMirror repeated : contained(mirror)) {
                        annotations.add(new Annotation(type, repeated, method, index++));
                    }
                }
            }
        }
        annotations.sort(Comparator.comparingInt(annotation -> annotation.order));
        return annotations;
    }

    private static List<AnnotationMirror> contained(AnnotationMirror container) {
        return container.getElementValues().values().stream()
                .flatMap(value -> values(value).stream())
                .map(value -> (AnnotationMirror) value.getValue())
                .toList();
    }

    @SuppressWarnings("unchecked") // the value of an array is a list of values, says its Javadoc
    private static List<? extends AnnotationValue> values(AnnotationValue array) {
        return array.getValue() instanceof List<?> list
                ? (List<? extends AnnotationValue>) list
                : Collections.emptyList();
    }

    private final class Annotation {

        private final TypeElement type;
        private final AnnotationMirror mirror;
        private final Method method;
        private final int index;
        private final int order;
        private List<Problem> problems = new ArrayList<>();
        private boolean isValid = true;

        Annotation(TypeElement type, AnnotationMirror mirror, Method method, int index) {
            this.type = type;
            this.mirror = mirror;
            this.method = method;
            this.index = index;
            this.order = find("").map(AnnotationPlaces.Found::order).orElse(Integer.MAX_VALUE);
        }

        private Optional<? extends AnnotationValue> value(String attribute) {
            return value(mirror.getElementValues(), attribute);
        }

        private static Optional<? extends AnnotationValue> value(
                Map<? extends ExecutableElement, ? extends AnnotationValue> values,
                String attribute) {
            for (var entry : values.entrySet()) {
                if (entry.getKey().getSimpleName().contentEquals(attribute)) {
                    return Optional.of(entry.getValue());
                }
            }
            return Optional.empty();
        }

        /** A class that is missing gives an error type or, in javac, a text. */
        boolean isModelMissing() {
            Optional<? extends AnnotationValue> named = value(Form.MODEL);
            return named.isPresent()
                    && !(named.get().getValue() instanceof TypeMirror type
                            && type.getKind() != TypeKind.ERROR);
        }

        /** The model; empty, with a problem, if what is named cannot be one. */
        Optional<TypeElement> model(List<Problem> unusable) {
            Optional<? extends AnnotationValue> named = value(Form.MODEL);
            if (isModelMissing()) {
                return Optional.empty(); // the compiler says so
            }
            if (named.isEmpty()
                    || ((TypeMirror) named.get().getValue()).getKind() == TypeKind.VOID) {
                return Optional.of(type);
            }
            TypeMirror model = (TypeMirror) named.get().getValue();
            if (model instanceof DeclaredType declared) {
                return Optional.of((TypeElement) declared.asElement());
            }
            String what = "'%s' is no class".formatted(model);
            unusable.add(new Problem(Code.NOT_A_CLASS, what, modelPlace()));
            return Optional.empty();
        }

        Place modelPlace() {
            return place(
                    Form.MODEL,
                    value(Form.MODEL)
                            .map(value -> Place.of(type, mirror, value))
                            .orElse(Place.of(type, mirror)));
        }

        Form read(List<Problem> found) {
            problems = found;
            List<Setting> settings = new ArrayList<>();
            Optional<String> name = Optional.empty();
            for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                    mirror.getElementValues().entrySet()) {
                String attribute = entry.getKey().getSimpleName().toString();
                AnnotationValue value = entry.getValue();
                if (attribute.equals(Form.NAME)) {
                    name = name(value);
                } else if (value.getValue() instanceof Number number) {
                    check(attribute, number, value);
                    settings.add(new Setting(attribute, new NumberValue(number.doubleValue())));
                } else if (value.getValue() instanceof VariableElement constant) {
                    settings.add(new Setting(attribute, constant(constant)));
                } else if (value.getValue() instanceof Boolean flag) {
                    settings.add(new Setting(attribute, new FlagValue(flag)));
                }
            }
            int members = members();
            settings.removeIf(setting -> setting.name().equals(Form.MEMBERS));
            return new Form(
                    method,
                    members,
                    List.copyOf(settings),
                    values(),
                    name,
                    isValid,
                    place("", Place.of(type, mirror)));
        }

        private Optional<AnnotationPlaces.Found> find(String attribute) {
            return places.find(type, method.getAnnotation(), index, attribute);
        }

        private Place place(String attribute, Place otherwise) {
            return find(attribute).map(AnnotationPlaces.Found::place).orElse(otherwise);
        }

        private Value constant(VariableElement constant) {
            TypeRef declaring = TypeRef.of((TypeElement) constant.getEnclosingElement());
            return new EnumValue(declaring, constant.getSimpleName().toString());
        }

        /** All attributes but the name, with defaults, as text. */
        private Map<String, String> values() {
            Map<String, String> values = new TreeMap<>();
            for (var entry : elements.getElementValuesWithDefaults(mirror).entrySet()) {
                values.put(entry.getKey().getSimpleName().toString(), text(entry.getValue()));
            }
            values.remove(Form.NAME);
            values.remove(Form.MODEL);
            return values;
        }

        private static String text(AnnotationValue value) {
            return value.getValue() instanceof Number number
                    ? new NumberValue(number.doubleValue()).toString()
                    : value.getValue().toString();
        }

        private int members() {
            Optional<? extends AnnotationValue> members =
                    value(elements.getElementValuesWithDefaults(mirror), Form.MEMBERS);
            return members.isPresent() && members.get().getValue() instanceof Integer number
                    ? number
                    : 1;
        }

        private Optional<String> name(AnnotationValue value) {
            String name = value.getValue().toString();
            if (name.isEmpty() || name.equals(ERROR)) {
                return Optional.empty();
            }
            if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
                add(
                        Code.NOT_AN_IDENTIFIER,
                        Form.NAME,
                        "'%s' is not a Java identifier".formatted(name),
                        value);
                return Optional.empty();
            }
            return Optional.of(name);
        }

        private void check(String attribute, Number number, AnnotationValue value) {
            method.attribute(attribute)
                    .filter(range -> !range.range().test(number.doubleValue()))
                    .ifPresent(
                            range ->
                                    add(
                                            Code.OUT_OF_RANGE,
                                            attribute,
                                            "'%s' is %s, but must be %s"
                                                    .formatted(
                                                            attribute, number, range.requirement()),
                                            value));
        }

        private void add(Code code, String attribute, String what, AnnotationValue value) {
            isValid = false;
            Place otherwise = Place.of(type, mirror, value);
            problems.add(new Problem(code, what, place(attribute, otherwise)));
        }
    }
}
