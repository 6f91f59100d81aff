/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.Model;
import dev.polyphony.data.Examples;
import dev.polyphony.inference.Arguments;
import dev.polyphony.model.AnswerRule;
import dev.polyphony.model.DataFingerprint;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.model.NetworkDescription;
import dev.polyphony.model.TrainingSummary;
import dev.polyphony.model.Versions;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.Training;
import dev.polyphony.train.progress.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the folder of a trained ensemble says of it, and the way back. */
final class SavedModel {

    private SavedModel() {}

    /** Describes what was trained; arguments and validation data may be null. */
    static ModelDescription describe(
            String title,
            Training training,
            Trained trained,
            Arguments arguments,
            Examples train,
            Examples validation) {
        Ensemble ensemble = trained.ensemble();
        NetworkDescription network =
                new NetworkDescription(
                        ensemble.getClass().getName(),
                        ensemble.getForm().toString(),
                        ensemble.getMembers(),
                        trained.classes(),
                        trained.parameters(),
                        Optional.ofNullable(arguments).map(Arguments::toPlain));
        Map<String, DataFingerprint> data = new LinkedHashMap<>();
        data.put("training", DataFingerprint.of(train));
        if (validation != null) {
            data.put("validation", DataFingerprint.of(validation));
        }
        History history = trained.history();
        return new ModelDescription(
                title,
                network,
                train.getTask(),
                names(train.getClassNames(), trained.classes()),
                train.getInputFormat(),
                AnswerRule.of(trained.recipe().aggregation()),
                new TrainingSummary(
                        trained.recipe().toString(),
                        training.toString(),
                        history.epochs().size(),
                        history.steps(),
                        history.forwardCalls(),
                        history.seconds()),
                data,
                Map.of(),
                Versions.now());
    }

    /** A network may tell more classes apart than the data have: these have numbers for names. */
    private static List<String> names(List<String> known, int outputs) {
        List<String> names = new ArrayList<>(known);
        for (int i = known.size(); i < outputs; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    /** Loads what was saved as the network that is given. */
    static TrainedEnsemble load(
            String title,
            Ensemble ensemble,
            Recipe recipe,
            Training training,
            Optional<Arguments> arguments,
            Path path)
            throws IOException {
        ModelFolder folder = ModelFolder.open(path);
        folder.requireNetwork(ensemble);
        ModelDescription description = folder.getDescription().withName(title);
        description.network().requireArguments(path, arguments.map(Arguments::toPlain));
        training.prepareEngine();
        Model model = Model.newInstance(title, training.getDevice());
        try {
            model.setBlock(ensemble);
            folder.load(model);
            ensemble.freezeParameters(true);
            TrainingSummary summary = description.training();
            History history =
                    new History(
                            List.of(),
                            summary.updates(),
                            Objects.requireNonNullElse(summary.forwardCalls(), 0L),
                            summary.seconds(),
                            0);
            NetworkDescription network = description.network();
            return new TrainedEnsemble(
                    description,
                    new Trained(
                            model,
                            ensemble,
                            network.outputs(),
                            network.parameters(),
                            history,
                            recipe.forTask(description.task())),
                    null,
                    null,
                    null);
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
