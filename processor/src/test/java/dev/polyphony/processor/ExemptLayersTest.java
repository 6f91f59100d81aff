/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Networks.assertHas;
import static dev.polyphony.processor.Networks.assertHasNot;

import com.google.testing.compile.Compilation;
import org.junit.jupiter.api.Test;

/** What the copies of methods with {@code @Exempt} look like. */
class ExemptLayersTest {

    private static final String MEMBERS =
            """
            public Net() {
                add(linear(Linear.builder(), 8)).add(first(8)).add(shared(3));
            }

            /** Without groups. */
            @Exempt(Packed.class)
            private static Block first(int units) {
                return linear(Linear.builder(), units);
            }

            @Exempt({BatchEnsemble.class, Packed.class}) @Deprecated
            private static Block shared(int units) {
                Block block = linear(Linear.builder(), units);
                return new SequentialBlock().add(block).add(new Prelu());
            }

            private static Linear linear(Linear.Builder builder, int units) {
                return builder.setUnits(units).build();
            }
            """;

    private static Compilation compiled() {
        Compilation compilation =
                compile(
                        net(
                                "@Packed(m = 4, gamma = 2)\n@Packed(m = 4, name = \"Whole\")\n"
                                        + "@BatchEnsemble\n@BatchEnsemble(m = 1, name = \"Lone\")\n@Mimo",
                                MEMBERS));
        assertClean(compilation);
        return compilation;
    }

    @Test
    void layersOfNamedFormsAreBuiltWithoutWhatTheyAdd() {
        String packed = generated(compiled(), "PackedNet");

        assertHas(
                packed,
                """
                        /** Without groups. */
                        private static Block first(int units) {
                            return linear(EnsembleLinear.builder(FORM.withoutGroups()), units);
                        }

                        @Deprecated
                        private static Block shared(int units) {
                            Block block = linear(EnsembleLinear.builder(FORM.withoutGroups()), units);
                            return new SequentialBlock().add(block).add(new EnsemblePrelu(FORM.withoutGroups()));
                        }
                """,
                "add(linear(EnsembleLinear.builder(FORM), 8)).add(first(8)).add(shared(3));");
        assertHasNot(packed, "Exempt");
    }

    /** A class beside models serves all of them, whatever annotations they have. */
    @Test
    void methodsOfOtherClassesOfTheFileMayNameMore() {
        Compilation compilation =
                compile(
                        net(
                                "@Packed(gamma = 2)",
                                "public Net() { add(Layers.head(3)); }\n}\n"
                                        + "class Layers {\n@Exempt({Packed.class, BatchEnsemble.class})\n"
                                        + "static Block head(int units) { return Linear.builder().setUnits(units).build(); }"));

        assertClean(compilation);
        assertHas(generated(compilation, "PackedNet"), "builder(FORM.withoutGroups())");
    }

    @Test
    void wordsBesideTheAnnotationStayApart() {
        Compilation compilation =
                compile(
                        net(
                                "@Packed(gamma = 2)",
                                "public Net() { add(head(3)); }\n"
                                        + "@Deprecated@Exempt(Packed.class) static Block head(int units) { return Linear.builder().setUnits(units).build(); }"));

        assertClean(compilation);
        assertHas(generated(compilation, "PackedNet"), "@Deprecated static Block head(");
    }

    @Test
    void eachFormHasItsOwn() {
        String shared = generated(compiled(), "BatchEnsembleNet");

        assertHas(
                shared,
                "return linear(EnsembleLinear.builder(FORM), units);",
                "Block block = linear(EnsembleLinear.builder(FORM.withoutFastWeights()), units);");
    }

    @Test
    void whatAddsNothingIsLeftAsItIs() {
        Compilation compilation = compiled();

        for (String network : new String[] {"Whole", "Lone", "MimoNet"}) {
            assertHasNot(generated(compilation, network), "FORM.without");
        }
    }
}
