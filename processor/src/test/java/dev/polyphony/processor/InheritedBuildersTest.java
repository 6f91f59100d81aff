/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.lineOf;
import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Compilations.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builders of models whose {@code build()} stands in a class that they extend. */
class InheritedBuildersTest {

    private static final String NET =
            """
            @Packed @Mimo @DeepEnsemble
            public final class Net extends SequentialBlock {

                private Net(int units) { add(Linear.builder().setUnits(units).build()); }

                static Net of(int units) { return new Net(units); }

                public static Builder builder() { return new Builder(); }
            """;

    /** All entry points of all kinds give ensembles. */
    private static final JavaFileObject USER =
            source(
                    """
                    class User {
                        PackedNet packed = PackedNet.builder().setUnits(4).build();
                        MimoNet mimo = MimoNet.builder().setUnits(4).build();
                        DeepEnsembleNet deep = DeepEnsembleNet.builder().setUnits(4).build();
                    }
                    """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the base builder makes the model
                """
                    abstract static class BaseBuilder<T extends BaseBuilder<T>> {
                        int units = 3;
                        public T setUnits(int units) { this.units = units; return self(); }
                        abstract T self();
                        public Net build() { return new Net(units); }
                    }
                    public static final class Builder extends BaseBuilder<Builder> {
                        @Override Builder self() { return this; }
                    }
                }
                """,
                // or lets the builder make what it is a builder of
                """
                    abstract static class BaseBuilder<N extends Block, T extends BaseBuilder<N, T>> {
                        int units = 3;
                        public T setUnits(int units) { this.units = units; return self(); }
                        abstract T self();
                        abstract N make();
                        public N build() { return make(); }
                    }
                    public static final class Builder extends BaseBuilder<Net, Builder> {
                        @Override Builder self() { return this; }
                        @Override Net make() { return new Net(units); }
                    }
                }
                """
            })
    void theyMakeEnsembles(String builders) {
        assertClean(compile(source(NET + builders), USER));
    }

    private static JavaFileObject base(String header, String build) {
        return source(
                """
                abstract class BaseBuilder<%s> {
                    int units = 3;
                    public T setUnits(int units) { this.units = units; return self(); }
                    abstract T self();
                    %s
                }
                """
                        .formatted(header, build));
    }

    @Test
    void theBaseBuilderOfSeveralModelsMayStandInAnotherFile() {
        String builder =
                """
                    public static final class Builder extends BaseBuilder<Net, Builder> {
                        @Override Builder self() { return this; }
                        @Override Net make() { return new Net(units); }
                    }
                }
                """;
        assertClean(
                compile(
                        source(NET + builder),
                        base(
                                "N extends Block, T extends BaseBuilder<N, T>",
                                "abstract N make(); public N build() { return make(); }"),
                        USER));
    }

    @Test
    void oneThatMakesTheModelInAnotherFileIsRefused() {
        JavaFileObject net =
                source(
                        NET
                                + "public static final class Builder extends BaseBuilder<Builder> {"
                                + " // here\n @Override Builder self() { return this; } } }");
        var error =
                onlyError(
                        compile(
                                net,
                                base(
                                        "T extends BaseBuilder<T>",
                                        "public Net build() { return Net.of(units); }")));

        String message = error.getMessage(Locale.ROOT);
        assertTrue(message.startsWith("[PLY039] 'build()' of 'Builder' stands in"), message);
        assertEquals(lineOf(net, "// here"), error.getLineNumber());
    }
}
