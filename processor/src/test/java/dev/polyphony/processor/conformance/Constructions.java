/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.nn.Block;
import dev.polyphony.processor.method.Method;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * A class in a model's package that constructs the model and its networks, by the expressions of
 * the manifest.
 */
final class Constructions {

    private Constructions() {}

    /** The qualified name of the class. */
    static String className(ModelEntry model) {
        return model.className() + "Constructions";
    }

    /** The source of the class. */
    static String source(ModelEntry model, Method method, List<Variant> variants) {
        StringBuilder code = new StringBuilder();
        if (!model.packageName().isEmpty()) {
            code.append("package ").append(model.packageName()).append(";\n");
        }
        code.append(
                """
                import ai.djl.ndarray.types.*;
                import ai.djl.nn.*;
                import java.util.*;

                final class %sConstructions {

                    static ai.djl.nn.Block make(String network, int index) {
                        return switch (network + index) {
                """
                        .formatted(model.simpleName()));
        append(code, model, model.simpleName());
        variants.forEach(variant -> append(code, model, variant.network(method, model)));
        code.append(
                """
                            default -> throw new IllegalArgumentException(network);
                        };
                    }
                }
                """);
        return code.toString();
    }

    private static void append(StringBuilder code, ModelEntry model, String network) {
        for (int i = 0; i < model.cases().size(); i++) {
            String expression = model.cases().get(i).expressionFor(model.simpleName(), network);
            code.append("            case \"%s%d\" -> %s;\n".formatted(network, i, expression));
        }
    }

    /** Constructs a network. */
    static Block make(ClassLoader code, ModelEntry model, String network, Case setup) {
        try {
            var make =
                    code.loadClass(className(model))
                            .getDeclaredMethod("make", String.class, int.class);
            make.setAccessible(true);
            return (Block) make.invoke(null, network, model.cases().indexOf(setup));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
