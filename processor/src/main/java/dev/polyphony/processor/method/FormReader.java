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
import dev.polyphony.processor.method.Form.NumberValue;
import dev.polyphony.processor.method.Form.Setting;
import dev.polyphony.processor.method.Form.Value;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
import javax.lang.model.util.Elements;

/** Reads the annotations of a model and checks their attributes. */
public final class FormReader {

    /** What javac gives as the value of an attribute that it could not make sense of. */
    private static final String ERROR = "<error>";

    private final Elements elements;
    private final AnnotationPlaces places;

    /**
     * Creates a reader.
     *
     * @param elements the compiler's elements
     * @param places finds repeated annotations in the source
     */
    public FormReader(Elements elements, AnnotationPlaces places) {
        this.elements = elements;
        this.places = places;
    }

    /**
     * Returns the qualified names of all annotations, with the containers of repeated ones.
     *
     * @return the names
     */
    public static List<String> annotationTypes() {
        return Stream.of(Method.values())
                .map(Method::getAnnotationType)
                .flatMap(name -> Stream.of(name, name + ".List"))
                .toList();
    }

    /**
     * Reads the forms that a type is annotated with.
     *
     * @param type the annotated type
     * @param problems where to add attributes that make no sense
     * @return the forms, in the order of the annotations
     */
    public List<Form> read(TypeElement type, List<Problem> problems) {
        List<Annotation> annotations = new ArrayList<>();
        for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
            String name =
                    TypeRef.of((TypeElement) mirror.getAnnotationType().asElement()).toString();
            for (Method method : Method.values()) {
                if (name.equals(method.getAnnotationType())) {
                    annotations.add(new Annotation(type, mirror, method, 0, problems));
                } else if (name.equals(method.getAnnotationType() + ".List")) {
                    int index = 0;
                    for (AnnotationMirror repeated : contained(mirror)) {
                        annotations.add(new Annotation(type, repeated, method, index++, problems));
                    }
                }
            }
        }
        annotations.sort(Comparator.comparingInt(annotation -> annotation.order));
        return annotations.stream().map(Annotation::read).toList();
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
        private final List<Problem> problems;
        private boolean isValid = true;

        Annotation(
                TypeElement type,
                AnnotationMirror mirror,
                Method method,
                int index,
                List<Problem> problems) {
            this.type = type;
            this.mirror = mirror;
            this.method = method;
            this.index = index;
            this.problems = problems;
            this.order = find("").map(AnnotationPlaces.Found::order).orElse(Integer.MAX_VALUE);
        }

        Form read() {
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
            elements.getElementValuesWithDefaults(mirror)
                    .forEach(
                            (key, value) ->
                                    values.put(key.getSimpleName().toString(), text(value)));
            values.remove(Form.NAME);
            return values;
        }

        private static String text(AnnotationValue value) {
            return value.getValue() instanceof Number number
                    ? new NumberValue(number.doubleValue()).toString()
                    : value.getValue().toString();
        }

        private int members() {
            return elements.getElementValuesWithDefaults(mirror).entrySet().stream()
                    .filter(entry -> entry.getKey().getSimpleName().contentEquals(Form.MEMBERS))
                    .map(entry -> entry.getValue().getValue())
                    .filter(Integer.class::isInstance)
                    .mapToInt(Integer.class::cast)
                    .findFirst()
                    .orElse(1);
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
