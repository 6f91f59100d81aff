/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.method.Layer;
import dev.polyphony.processor.method.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pages of the documentation that are written from the processor's own tables. */
class PagesTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String NOTE =
            "<!-- Written by PagesTest from the processor's tables: mvn test -pl processor -am"
                    + " -Dtest=PagesTest -Dpolyphony.update=true -->\n\n";

    @Test
    void theErrorCatalogueIsThatOfTheProcessor() {
        StringBuilder page = new StringBuilder("# Errors\n\n").append(NOTE);
        page.append(
                """
                Every message of the compiler that comes from Polyphony starts with a code. After an error the generated types are there
                all the same, so that one mistake is one message, but their methods only throw. Warnings and notes are about models that
                work, but perhaps not as meant; `@SuppressWarnings("polyphony:PLY051")` on the class silences one of them, and
                `@SuppressWarnings("polyphony")` all. What only shows when a network is initialised has
                [codes from PLY101 on](refused-models.md).

                Mistakes in Java itself are the compiler's to report, in the model. A name or a member that is nowhere, a call that no
                method can take, a value of another type, a missing `return` or method, an exception that is not declared and their like are
                one message, and a note says that the ensembles only throw. Where the processor cannot be certain, as about type arguments,
                the copies of the body have the mistake as well: the compiler shows it in the model first, and then in each generated
                network. Mend the model.

                | code | kind | message |
                |---|---|---|
                """);
        for (Code code : Code.values()) {
            page.append(
                    "| [%1$s](#%1$s) | %2$s | %3$s |\n"
                            .formatted(
                                    code.getId(),
                                    code.getKind().name().toLowerCase(Locale.ROOT),
                                    code.getTitle()));
        }
        for (Code code : Code.values()) {
            page.append(
                    "\n## <a id=\"%1$s\"></a>%1$s: %2$s\n\n"
                            .formatted(code.getId(), code.getTitle()));
            page.append(code.getExplanation()).append("\n\n");
            page.append("**What to do.** ").append(code.getWayOut()).append('\n');
        }
        Goldens.assertSame(DOCS.resolve("errors.md"), page.toString());
    }

    @Test
    void theLayersPageIsTheSubstitutionTable() {
        StringBuilder page = new StringBuilder("# Layers\n\n").append(NOTE);
        page.append(
                """
                These layers have an ensemble twin with the same builder or constructor. In a generated
                network the twin stands in the layer's place, and the form says what it becomes.

                | DJL | generated network |
                |---|---|
                """);
        for (Layer layer : Layer.values()) {
            page.append(
                    "| `%s` | `%s` |\n"
                            .formatted(layer.getType().simpleName(), layer.getTwin().simpleName()));
        }
        page.append(
                """

                Blocks without parameters stay as they are: `Dropout`, `LambdaBlock`, everything that
                `Activation`, `Pool` and `Blocks` make (but `Activation.preluBlock()`, which becomes an
                `EnsemblePrelu`), and the containers
                `SequentialBlock` and `ParallelBlock`. Block classes nested in the model are copied
                with it, those of other files carry its annotations. A static one that adds parameters and has no layers
                is made once for each packed member; in other forms all members share it. All other blocks are [an error](errors.md#PLY031), except for
                `@DeepEnsemble`, which takes every model as it is.

                ## What becomes of a layer

                """);
        page.append(table(Layer.Kind.WEIGHTS, Layer.Kind.NORMALISATION)).append('\n');
        page.append(table(Layer.Kind.RECURRENT, Layer.Kind.EMBEDDING, Layer.Kind.ACTIVATION));
        page.append('\n').append(names(Layer.Kind.COMPOSITE));
        page.append(
                """
                 are made of linear layers and
                normalisation, which become what such layers do. The width that the heads of an
                attention divide is rounded up to a multiple of their number where members are
                narrower than the model. Layers that a method with `@Exempt` builds have no groups,
                fast weights or masks ([how](methods/packed.md#exempt-layers)).

                Recurrent layers and embeddings have no grouped form: the members' copies run one after
                the other. They take and give states where DJL's do. Three twins do what DJL's own layers
                fail at: an `EnsembleLSTM` may read both directions with biases, an
                `EnsembleGhostBatchNorm` keeps the shape of its input when there are several virtual
                batches, and an `EnsemblePrelu` works on PyTorch.

                Which layers read the input and which write the output is found at the first
                `initialize`, from what the network computes, not from names or order.

                ## Dropout, and what parameters start from

                `Dropout` draws for each row of a batch, and a row belongs to one member, so members draw
                apart. In the trunk of MIMO, MixMo and sub-ensembles a row is all members' and so is what
                is dropped.

                Parameters start as those of a plain layer of one member's size: an initialiser sees the
                shape of that layer's parameter, once for each member that has a copy of its own, so that
                it counts the inputs and outputs that a member really has. Initialisers are set as in DJL,
                for a type, a name or a predicate, on the network or on one of its layers. The vectors of
                BatchEnsemble, masks, and the slopes of `Prelu` have the type `OTHER`, so that an
                initialiser of weights does not make members equal.
                """);
        Goldens.assertSame(DOCS.resolve("layers.md"), page.toString());
    }

    private static String table(Layer.Kind... kinds) {
        StringBuilder table = new StringBuilder("| annotation |");
        for (Layer.Kind kind : kinds) {
            table.append(' ').append(names(kind)).append(" |");
        }
        table.append("\n|---|").append("---|".repeat(kinds.length)).append('\n');
        for (Method method : Method.values()) {
            table.append("| `@").append(method.getAnnotation()).append("` |");
            for (Layer.Kind kind : kinds) {
                table.append(' ').append(method.becomes(kind)).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String names(Layer.Kind kind) {
        return Arrays.stream(Layer.values())
                .filter(layer -> layer.getKind() == kind)
                .map(layer -> "`" + layer.getType().simpleName() + "`")
                .collect(Collectors.joining(", "));
    }
}
