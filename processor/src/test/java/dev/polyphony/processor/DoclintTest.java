/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.plain;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.Networks.assertHas;
import static dev.polyphony.processor.Networks.assertHasNot;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of models whose documentation is clean, that of the generated types is so too. */
class DoclintTest {

    @TempDir private Path folder;

    private static final String NET =
            """
            /**
             * A net of {@link Linear}, {@link BatchNorm} and {@link Conv2d.Builder}.
             *
             * @see BatchNorm
             */
            @Packed @Mimo @DeepEnsemble
            public final class Net extends SequentialBlock {

                /** How wide: {@link #Net(int, Size)}, {@link Linear}. */
                public static final int WIDTH = 7;

                /** Where the {@link Conv2d} is. */
                private static final String TEXT = "/** {@link Nothing} */";

                /** Sizes of {@link BatchNorm}, such as {@link Net.Size#SMALL}. */
                public enum Size {
                    /** Small, unlike {@link #LARGE}. */
                    SMALL,
                    /** Large. */
                    LARGE
                }

                /**
                 * Makes {@link BatchNorm}, {@link Blocks#batchFlattenBlock()} and {@link #WIDTH};
                 * {@linkplain Conv2d#builder() built}, {@value #WIDTH}, {@value #SECRET}, {@link
                 * Conv2d}, {@link List#of(Object...)}, {@link #unit(Shape, int[])}, {@link
                 * #add(Block)}.
                 *
                 * @param classes the number of classes of the {@link Shape} in two lines of text
                 *     of the {@link Size}
                 * @param size the {@link Size}
                 * @throws IllegalStateException never, {@link Conv2d}
                 * @see Linear
                 * @see Conv2d#builder() the builder
                 * @see <a href="https://djl.ai">DJL</a>
                 * @see "a book"
                 */
                public Net(int classes, Size size) {
                    add(unit(new Shape(), WIDTH));
                    add(Linear.builder().setUnits(classes).build());
                }

                /** Hidden. */
                private static final int SECRET = 3;

                /**
                 * A unit of {@link BatchNorm} for {@link Net}, {@link #unit(Shape, int[])}.
                 *
                 * @param shape the {@link Shape}
                 * @param width the width, as {@link #WIDTH}
                 * @return the unit, {@link Shape}
                 */
                private static SequentialBlock unit(Shape shape, int... width) {
                    return new SequentialBlock()
                            .add(Linear.builder().setUnits(width[0]).build())
                            .add(BatchNorm.builder().build());
                }
            }
            """;

    private static final String TOWER =
            """
            /** Towers of {@link BatchNorm}. */
            @Packed @DeepEnsemble
            public final class Tower {

                private Tower() {}

                /**
                 * Creates a {@link Builder}.
                 *
                 * @return a builder for {@link Linear}
                 */
                public static Builder builder() {
                    return new Builder();
                }

                /**
                 * A tower of {@link Linear}.
                 *
                 * @param <T> anything
                 * @param width the width
                 * @param more nothing
                 * @return the tower, {@link #builder()}
                 * @throws IllegalStateException never
                 */
                public static <T> Block of(int width, List<T> more) throws IllegalStateException {
                    return new SequentialBlock().add(Linear.builder().setUnits(width).build());
                }

                /** Settings for {@link BatchNorm}. */
                public static final class Builder {
                    /** The width of {@link Linear}. */
                    private int width = 3;

                    /** A builder for {@link Tower}. */
                    public Builder() {}

                    /**
                     * Sets the {@link #width}.
                     *
                     * @param width the width, {@link Linear}
                     * @return this
                     */
                    public Builder setWidth(int width) {
                        this.width = width;
                        return this;
                    }

                    /** Forgets. */
                    public void reset() {}

                    /**
                     * Builds.
                     *
                     * @return the {@link Block}
                     */
                    public Block build() {
                        return new SequentialBlock()
                                .add(Linear.builder().setUnits(width).build())
                                .add(BatchNorm.builder().build());
                    }
                }
            }
            """;

    /** Comments of private members are the user's, or nobody's. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xdoclint:all/protected", "-Xdoclint:all,-missing"})
    void generatedTypesAreClean(String doclint) {
        for (String model : new String[] {NET, TOWER}) {
            assertClean(compile(source(model), doclint));
        }
    }

    @Test
    void referencesAreAsShortAsTheyCanBe() {
        Compilation compilation = compile(source(NET), "-Xdoclint:all/protected");

        assertClean(compilation);
        String network = generated(compilation, "PackedNet");
        assertHas(
                network,
                "import ai.djl.nn.norm.BatchNorm;",
                "     * Makes {@link BatchNorm}, {@link Blocks#batchFlattenBlock()} and {@link"
                        + " Net#WIDTH};\n",
                "{@value Net#WIDTH}, {@code SECRET}, {@link\n",
                "     * @see Linear\n     * @see Conv2d#builder() the builder\n",
                "         * A unit of {@link BatchNorm} for {@link Net}, {@link #unit(Shape,"
                        + " int[])}.\n",
                "         * @param width the width, as {@link Net#WIDTH}\n",
                "TEXT = \"/** {@link Nothing} */\"",
                "        public Factory() {}");
        assertHas(
                generated(compilation, "PackedNetHarness"),
                """
                     * @param classes the number of classes of the {@link Shape} in two lines of text of the
                     *     {@link Net.Size}
                     * @param size the {@link Net.Size}
                     * @return the harness
                     */
                """
                        .indent(0));
        assertTrue(network.lines().allMatch(line -> line.length() <= 100), network);
    }

    @Test
    void unknownClassesStayAsTheyAre() {
        JavaFileObject hidden = source("class Hidden {}");
        JavaFileObject net =
                source(
                        """
                        /** See {@link Hidden}. */
                        @Packed
                        public final class Net extends SequentialBlock {
                            /** Makes it of {@link Hidden} and {@link Nothing}. */
                            public Net() { add(Linear.builder().setUnits(4).build()); }
                        }
                        """);
        Compilation compilation = Compilations.compile(net, hidden);

        assertClean(compilation);
        String network = generated(compilation, "PackedNet");
        assertHas(network, "    /** Makes it of {@link Hidden} and {@link Nothing}. */");
        assertHasNot(network, "import acme");
    }

    @Test
    void classesOutOfReachAreNotImported() throws IOException {
        String imports = "import ai.djl.nn.*;\nimport ai.djl.nn.core.*;\n";
        Library library =
                Library.of(
                        folder,
                        List.of(
                                plain("package lib;\nclass Hidden {}"),
                                plain("package lib;\npublic class Shown {}"),
                                plain(
                                        """
                                        package lib;
                                        %s
                                        public final class Net extends SequentialBlock {
                                            /** Makes it of {@link Hidden} and {@link Shown}. */
                                            public Net() { add(layer()); }
                                            /** Of {@link Hidden}, {@link Shown} and {@link Net}. */
                                            private static Block layer() { return %s; }
                                        }
                                        """
                                                .formatted(
                                                        imports,
                                                        "Linear.builder().setUnits(4).build()"))));
        Compilation compilation =
                library.compile(source("@Packed(model = lib.Net.class) interface Ensembles {}"));

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                "/** Makes it of {@link Hidden} and {@link Shown}. */",
                "/** Of {@link Hidden}, {@link Shown} and {@link Net}. */",
                "import lib.Shown;");
    }

    private static Compilation compile(JavaFileObject source, String doclint) {
        return ModelCompiler.javac()
                .withProcessors(new PolyphonyProcessor())
                .withOptions(doclint, "-Xlint:all", "-Werror")
                .compile(source);
    }
}
