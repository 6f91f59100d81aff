/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.Networks.LINEAR;
import static dev.polyphony.processor.Networks.assertHas;
import static dev.polyphony.processor.Networks.assertHasNot;
import static dev.polyphony.processor.Networks.packed;

import com.google.testing.compile.Compilation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constructors get the name of the copy, whatever stands around their own. */
class ConstructorNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Net$V2", "\u00d6l", "Mod\u00e8le_\u00dcn\u00ef", "$", "N"})
    void everyIdentifierIsFound(String name) {
        Compilation compilation =
                compile(
                        source(
                                "@Packed\npublic final class %1$s extends SequentialBlock {\n    public %1$s(int n) { %2$s }\n}"
                                        .formatted(name, LINEAR)));

        assertClean(compilation);
        assertHas(generated(compilation, "Packed" + name), "        Network(int n) { ");
    }

    @Test
    void commentsAndAnnotationsAreNoNames() {
        String network =
                packed(
                        """
                            @SuppressWarnings("Net") public /* makes a public Net() */ <T> /* Net */ Net(T width) {
                                %s
                            }
                            /** Net. */
                            // Net
                            Net() { this(1); } // Net
                        """
                                .formatted(LINEAR));

        assertHas(
                network,
                "@SuppressWarnings(\"Net\") /* makes a public Net() */ <T> /* Net */ Network(T width) {",
                "        // Net\n        Network() { this(1); } // Net");
    }

    @Test
    void aCommentBelowTheJavadocStays() {
        String network =
                packed(
                        """
                            /** Makes it. */
                            // why it is public
                            public Net() {
                                %s
                            }
                        """
                                .formatted(LINEAR));

        assertHas(network, "        // why it is public\n        Network() {");
        assertHasNot(network.substring(network.indexOf("class Network")), "Makes it.");
    }

    @Test
    void linksInDocumentationLeadToTheModel() {
        String network =
                packed(
                        """
                            /**
                             * Makes it as {@link Size} and {@link Net} say.
                             *
                             * <p>See {@link Size#SMALL small}, {@linkplain #width() its width}, {@link #of(int)},
                             * {@link Hidden}, {@link Hidden#Hidden()}, {@link #add(Block)} and {@link String#length}.
                             *
                             * @see Size#SMALL
                             * @see Hidden
                             */
                            public Net(Size size) { %s }
                            public int width() { return of(3); }
                            private static int of(int width) { return width; }
                            public enum Size { SMALL }
                            private static class Hidden {}
                        """
                                .formatted(LINEAR));

        assertHas(
                network,
                "     * Makes it as {@link Net.Size} and {@link Net} say.\n",
                "{@link Net.Size#SMALL small}, {@linkplain Net#width() its width}, {@code of(int)},\n",
                "{@code Hidden}, {@code Hidden.Hidden()}, {@link Net#add(Block)} and"
                        + " {@link String#length}.\n     *\n     * @see Net.Size#SMALL\n     */");
    }
}
