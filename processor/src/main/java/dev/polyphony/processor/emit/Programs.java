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
import java.util.List;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** Adds a main method to a harness or a comparison. */
final class Programs {

    private static final CodeBlock OF = CodeBlock.of("of");

    /** The columns before a statement of a method. */
    private static final int INDENTATION = 8;

    private final Model model;
    private final ClassName self;
    private final ClassName command;

    /**
     * Prepares a program.
     *
     * @param model the model
     * @param self the type that gets the main method
     * @param command the class that runs it
     */
    Programs(Model model, ClassName self, ClassName command) {
        this.model = model;
        this.self = self;
        this.command = command;
    }

    /**
     * Adds a main method, if the model can be made from plain values.
     *
     * @param type gets the method
     * @param what what it runs, for the documentation
     * @param variables names for builders of what the type is made of
     * @param types the classes that make these
     * @param ofBuilders statements that return one made of what the builders build
     */
    void add(
            TypeSpec.Builder type,
            String what,
            List<String> variables,
            List<ClassName> types,
            Function<List<CodeBlock>, CodeBlock> ofBuilders) {
        ArgumentCalls calls = new ArgumentCalls(model);
        CodeBlock of = calls.callee(null, OF);
        CodeBlock run = CodeBlock.of("$T.run", command);
        CodeBlock from = CodeBlock.of("$L(args, $T::from)", run, self);
        if (calls.isEmpty()) {
            BuilderCalls.of(model)
                    .ifPresent(
                            builder -> {
                                type.addMethod(main(what, from));
                                type.addMethod(
                                        from(
                                                CodeBlock.builder()
                                                        .add(builder.statements(variables, types))
                                                        .add(
                                                                ofBuilders.apply(
                                                                        suppliers(
                                                                                builder,
                                                                                variables)))
                                                        .build()));
                            });
        } else if (calls.isSingle()) {
            type.addMethod(main(what, calls.handedTo(run, of, INDENTATION)));
        } else {
            type.addMethod(main(what, from));
            type.addMethod(from(calls.statements(of, INDENTATION)));
        }
    }

    private static MethodSpec main(String what, CodeBlock statement) {
        return MethodSpec.methodBuilder("main")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc(
                        "Runs $L; {@code --help} lists the options.\n\n@param args the command line",
                        what)
                .addParameter(String[].class, "args")
                .addStatement("$L", statement)
                .build();
    }

    private MethodSpec from(CodeBlock statements) {
        return MethodSpec.methodBuilder("from")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(self)
                .addParameter(Types.name(Runtime.ARGUMENTS), "arguments")
                .addCode(statements)
                .build();
    }

    private static List<CodeBlock> suppliers(BuilderCalls builder, List<String> variables) {
        return variables.stream()
                .map(variable -> CodeBlock.of("$L::$L", variable, builder.build()))
                .toList();
    }
}
