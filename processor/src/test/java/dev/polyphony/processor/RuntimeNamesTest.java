/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.processor.method.Layer;
import dev.polyphony.processor.method.Method;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.model.TypeRef;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The names that the processor writes exist in the runtime and in DJL. */
class RuntimeNamesTest {

    private static Class<?> load(TypeRef type) {
        String name = type.packageName() + "." + String.join("$", type.names());
        return assertDoesNotThrow(
                () -> Class.forName(name, false, RuntimeNamesTest.class.getClassLoader()));
    }

    /** Superclasses of generated types: their nested types would hide the user's imports. */
    static Stream<TypeRef> superclasses() {
        return Stream.of(
                Runtime.ENSEMBLE,
                Runtime.ENSEMBLE_FACTORY,
                Runtime.HARNESS,
                Runtime.COMPARISON,
                Runtime.TASK_HARNESS,
                Runtime.TASK_COMPARISON);
    }

    @ParameterizedTest
    @MethodSource("superclasses")
    void superclassesHideNoNames(TypeRef type) {
        assertEquals(0, load(type).getClasses().length);
        assertTrue(
                Arrays.stream(load(type).getDeclaredClasses())
                        .allMatch(nested -> Modifier.isPrivate(nested.getModifiers())));
    }

    @ParameterizedTest
    @MethodSource("constructed")
    void twinsHaveTheConstructorsOfTheirLayers(Layer layer) throws ReflectiveOperationException {
        Class<?> form = Class.forName("dev.polyphony.nn.form.Form");
        for (java.lang.reflect.Constructor<?> constructor :
                load(layer.getType()).getConstructors()) {
            List<Class<?>> parameters = new ArrayList<>(List.of(form));
            parameters.addAll(List.of(constructor.getParameterTypes()));
            assertDoesNotThrow(
                    () ->
                            load(layer.getTwin())
                                    .getConstructor(parameters.toArray(Class<?>[]::new)));
        }
    }

    static Stream<Layer> constructed() {
        return Stream.of(Layer.values()).filter(Layer::isConstructed);
    }

    static Stream<Layer> built() {
        return Stream.of(Layer.values()).filter(layer -> !layer.isConstructed());
    }

    @ParameterizedTest
    @MethodSource("built")
    void twinsHaveTheBuildersOfTheirLayers(Layer layer) throws ReflectiveOperationException {
        Class<?> djl = load(layer.getType());
        Class<?> twin = load(layer.getTwin());
        Class<?> builder =
                twin.getMethod("builder", Class.forName("dev.polyphony.nn.form.Form"))
                        .getReturnType();

        assertEquals(twin.getName() + "$Builder", builder.getName());
        Predicate<java.lang.reflect.Method> isSetting =
                method ->
                        Modifier.isPublic(method.getModifiers())
                                && !method.getName().equals("self")
                                && method.getDeclaringClass() != Object.class;
        Set<String> settings =
                Arrays.stream(builderOf(djl).getMethods())
                        .filter(isSetting)
                        .map(RuntimeNamesTest::signature)
                        .collect(Collectors.toSet());
        Set<String> ours =
                Arrays.stream(builder.getMethods())
                        .map(RuntimeNamesTest::signature)
                        .collect(Collectors.toSet());
        assertTrue(ours.containsAll(settings), () -> ours + " lacks some of " + settings);
    }

    /** What {@code builder()} gives, or the class that some layers have instead. */
    private static Class<?> builderOf(Class<?> layer) throws ReflectiveOperationException {
        return Arrays.stream(layer.getMethods()).anyMatch(one -> one.getName().equals("builder"))
                ? layer.getMethod("builder").getReturnType()
                : Class.forName(layer.getName() + "$Builder");
    }

    /** The items of DJL's embeddings are a type variable, in those of words it is a string. */
    private static String signature(java.lang.reflect.Method method) {
        return method.getName()
                + Arrays.toString(method.getParameterTypes())
                        .replace(Object.class.toString(), String.class.toString());
    }

    /** An annotation's attributes, its form's settings and the checks are the same. */
    @ParameterizedTest
    @EnumSource(Method.class)
    void formsHaveTheAttributesOfTheirAnnotations(Method method)
            throws ReflectiveOperationException {
        Class<?> annotation = Class.forName(method.getAnnotationType());
        Class<?> form = load(method.getFormType());

        assertEquals(form, form.getMethod("of", int.class).getReturnType());
        for (java.lang.reflect.Method attribute : annotation.getDeclaredMethods()) {
            String name = attribute.getName();
            if (!Set.of("m", "name", "model").contains(name)) {
                assertEquals(form, form.getMethod(name, attribute.getReturnType()).getReturnType());
            }
        }
        Class.forName(method.getAnnotationType() + "$List");
    }

    @Test
    void blocksForEachMemberAreMadeBySuppliers() throws ReflectiveOperationException {
        Class<?> form = Class.forName("dev.polyphony.nn.form.Form");
        Class<?> block = load(Runtime.BLOCK);

        assertEquals(block, block.getMethod("of", form, Supplier.class).getReturnType());
    }

    @Test
    void commandsTakeArguments() throws ReflectiveOperationException {
        for (TypeRef command : Set.of(Runtime.HARNESS_COMMAND, Runtime.COMPARISON_COMMAND)) {
            load(command).getMethod("run", String[].class, java.util.function.Function.class);
        }
        Class<?> arguments = load(Runtime.ARGUMENTS);
        for (String getter :
                Set.of("Int", "Long", "Float", "Double", "Boolean", "String", "Ints")) {
            arguments.getMethod("get" + getter, String.class);
        }
        arguments.getMethod("getEnum", String.class, Class.class);
        arguments.getMethod("has", String[].class);
        load(Runtime.RECIPE).getMethod("of", Class.forName("dev.polyphony.nn.form.Form"));
    }
}
