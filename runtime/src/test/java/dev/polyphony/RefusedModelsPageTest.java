/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.polyphony.nn.form.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of refused models is written from their catalogue. */
class RefusedModelsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "refused-models.md");

    @Test
    void thePageIsTheCatalogue() throws IOException {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Refused models

                        <!-- Written by RefusedModelsPageTest from the runtime's catalogue: mvn test -pl runtime -Dtest=RefusedModelsPageTest -Dpolyphony.update=true -->

                        What the source does not show is found when a network is initialised: the network is run a few times on a small input, in prediction and in
                        training, to see which layers read the input and write the output and whether members stay apart. If a form cannot transform the model
                        exactly, `initialize` throws an `UnsupportedModelException` that starts with a code, names the layer and the line at fault where they are known,
                        and says what to do. A wrong network is never built silently.

                        Where `@Packed` meets code that counts on a width, the network is run once more in the model's own widths. If the code runs with
                        them, the message says so: `alpha = m` is then a way out.

                        | code | what it means | what to do |
                        |---|---|---|
                        """);
        for (Refusal refusal : Refusal.values()) {
            page.append(
                    "| <a id=\"%1$s\"></a>%1$s | %2$s | %3$s |\n"
                            .formatted(refusal.getId(), refusal.getMeaning(), refusal.getWayOut()));
        }
        page.append(
                """

                One limit cannot be seen: a slice by constants, `x.get(":, :4")` or `x.get(":, 6:18")`, which leaves a share of the features that layers could leave too, keeps its meaning as code, the first four features, but
                in a packed member those are four of fewer.

                At prediction, an input of another shape than the model was initialised for is refused by the first layer whose width does not fit.
                """);
        if (Boolean.getBoolean("polyphony.update")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page.toString());
    }
}
