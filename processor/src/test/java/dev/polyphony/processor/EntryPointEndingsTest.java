/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.compileLeniently;
import static dev.polyphony.processor.Compilations.lineOf;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.WarningsTest.withCode;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of factory methods and builders that end in probabilities, and that do not. */
class EntryPointEndingsTest {

    private static final String LINEAR = ".add(Linear.builder().setUnits(3).build())";

    private static JavaFileObject factory(String body) {
        return source(
                """
                @Packed
                public final class Nets {

                    private Nets() {}

                    public static Block net(boolean deep) {
                        %s
                    }
                }
                """
                        .formatted(body.replace("$", LINEAR)));
    }

    private static JavaFileObject builder(String body) {
        return source(
                """
                @Packed
                public final class Nets {

                    private Nets() {}

                    public static Builder builder() {
                        return new Builder();
                    }

                    public static final class Builder {

                        boolean deep;

                        public SequentialBlock build() {
                            %s
                        }
                    }
                }
                """
                        .formatted(body.replace("$", LINEAR)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return new SequentialBlock()\n$\n.addSingleton(x -> x.softmax(-1)); // here",
                "return deep ? new SequentialBlock()$\n"
                        + ".add(list -> new NDList(list.head().softmax(-1))) // here\n"
                        + ": new SequentialBlock()$;",
                "SequentialBlock net = new SequentialBlock();\nnet$;\n"
                        + "return (net.addSingleton(x -> x.logSoftmax(-1))); // here",
                "var net = new SequentialBlock();\nnet$\n"
                        + ".addSingleton(x -> x.softmax(-1)); // here\nreturn net;",
                "SequentialBlock net = new SequentialBlock()$\n"
                        + ".addSingleton(x -> x.softmax(-1)); // here\nreturn net;",
                "SequentialBlock net = new SequentialBlock();\nnet$;\n"
                        + "net.addSingleton(x -> x.softmax(-1)); // here\n"
                        + "if (deep) {\nreturn net;\n}\nnet$;\nreturn net;"
            })
    void aSoftmaxThatIsAddedLastIsAWarning(String body) {
        for (JavaFileObject model : List.of(factory(body), builder(body))) {
            List<Diagnostic<? extends JavaFileObject>> found =
                    withCode(compileLeniently(model), "PLY051");

            assertEquals(1, found.size());
            assertEquals(Diagnostic.Kind.WARNING, found.get(0).getKind());
            assertEquals(lineOf(model, "// here"), found.get(0).getLineNumber());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return new SequentialBlock().addSingleton(x -> x.softmax(-1))$;",
                "return new SequentialBlock()$.addSingleton(x -> x.softmax(-1).matMul(x));",
                "SequentialBlock net = new SequentialBlock();\n"
                        + "net$.addSingleton(x -> x.softmax(-1));\nnet$;\nreturn net;",
                "SequentialBlock net = new SequentialBlock();\n"
                        + "net$.addSingleton(x -> x.softmax(-1));\nif (deep) {\nnet$;\n}\nreturn net;",
                "SequentialBlock net = new SequentialBlock();\n"
                        + "SequentialBlock gate = new SequentialBlock()$;\nnet.add(gate)$;\n"
                        + "gate.addSingleton(x -> x.softmax(-1));\nreturn net;",
                "ParallelBlock gates = new ParallelBlock(list -> new NDList("
                        + "list.get(0).head().mul(list.get(1).head())));\n"
                        + "gates$;\ngates.add(list -> new NDList(list.head().softmax(-1)));\n"
                        + "return new SequentialBlock().add(gates)$;"
            })
    void aSoftmaxBeforeTheEndIsNone(String body) {
        assertClean(compile(factory(body)));
        assertClean(compile(builder(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gates.add(list -> new NDList(list.head().softmax(-1)))", "gates"})
    void aBranchOfAnotherBlockIsNone(String made) {
        String body =
                "ParallelBlock gates = new ParallelBlock(list -> new NDList("
                        + "list.get(0).head().mul(list.get(1).head())));\n"
                        + "gates$;\ngates.add(list -> new NDList(list.head().softmax(-1)));\n"
                        + "return %s;";

        assertClean(compile(factory(body.formatted(made))));
    }

    /** A helper makes a part of a model, and what it ends in is not the model's end. */
    @ParameterizedTest
    @ValueSource(strings = {"private", "public"})
    void aPartOfAModelIsNone(String access) {
        JavaFileObject model =
                factory(
                        "return new SequentialBlock().add(gate())$;\n}\n\n"
                                + access
                                + " static Block gate() {\n"
                                + "return new SequentialBlock()$.addSingleton(x -> x.softmax(-1));");

        assertClean(compile(model));
    }
}
