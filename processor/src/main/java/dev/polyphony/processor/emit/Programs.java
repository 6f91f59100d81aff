/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.model.Model;
import javax.lang.model.element.Modifier;

/** Adds a main method to a harness or a comparison. */
final class Programs {

    private static final CodeBlock OF = CodeBlock.of("of");

    /** The columns before a statement of a method. */
    private static final int INDENTATION = 8;

    private Programs() {}

    /**
     * Adds a main method, if the model can be constructed from plain values.
     *
     * @param type gets the method
     * @param model the model
     * @param self the name of the type
     * @param command the class that runs it
     * @param what what it runs, for the documentation
     */
    static void add(
            TypeSpec.Builder type, Model model, ClassName self, ClassName command, String what) {
        ArgumentCalls calls = new ArgumentCalls(model.constructors());
        if (calls.isEmpty()) {
            return;
        }
        CodeBlock run = CodeBlock.of("$T.run", command);
        CodeBlock statement =
                calls.isSingle()
                        ? calls.handedTo(run, OF, INDENTATION)
                        : CodeBlock.of("$L(args, $T::from)", run, self);
        type.addMethod(
                MethodSpec.methodBuilder("main")
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                        .addJavadoc("Runs $L; {@code --help} lists the options.", what)
                        .addParameter(String[].class, "args")
                        .addStatement("$L", statement)
                        .build());
        if (!calls.isSingle()) {
            type.addMethod(
                    MethodSpec.methodBuilder("from")
                            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                            .returns(self)
                            .addParameter(Types.name(Runtime.ARGUMENTS), "arguments")
                            .addCode(calls.statements(OF, INDENTATION))
                            .build());
        }
    }
}
