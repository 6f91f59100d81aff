/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LeakMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models in every style that people write, compiled in every form, and run. */
class IdiomsTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "idioms");

    /** Prefixes of networks with the annotations that make them; {@code %s} is the name. */
    private static final Map<String, String> FORMS = new LinkedHashMap<>();

    private static final List<String> METHODS =
            List.of(
                    "Packed",
                    "Mimo",
                    "MixMo",
                    "BatchEnsemble",
                    "Masksembles",
                    "SubEnsemble",
                    "DeepEnsemble");

    static {
        for (String method : METHODS) {
            String linear =
                    method.equals("MixMo") ? ", method = dev.polyphony.MixMethod.LINEAR" : "";
            String wide = method.equals("Packed") ? ", alpha = 3" : "";
            String annotation = "@dev.polyphony." + method + "(m = %d%s, name = \"%%s\")";
            FORMS.put("Three" + method, annotation.formatted(3, linear + wide));
            FORMS.put("One" + method, annotation.formatted(1, linear));
        }
        FORMS.put("NarrowPacked", "@dev.polyphony.Packed(m = 3, name = \"%s\")");
    }

    static Stream<Idiom> idioms() throws IOException {
        return Idiom.in(FOLDER);
    }

    @ParameterizedTest
    @MethodSource("idioms")
    void meansTheSame(Idiom idiom) {
        Map<String, String> forms = new LinkedHashMap<>();
        FORMS.forEach(
                (prefix, annotation) -> {
                    String network = prefix + idiom.name();
                    forms.put(network, annotation.formatted(network));
                });
        GeneratedCode code = GeneratedCode.compile(idiom.sources(forms));
        for (String creation : idiom.creations()) {
            run(code, idiom, creation, forms.keySet());
        }
    }

    private static void run(
            GeneratedCode code, Idiom idiom, String creation, Iterable<String> networks) {
        Engine.getInstance().setRandomSeed(5);
        try (NDManager manager = NDManager.newBaseManager()) {
            Maker maker = new Maker(code, idiom, creation);
            Block model = maker.make(idiom.name());
            model.initialize(manager, DataType.FLOAT32, idiom.inputs().toArray(Shape[]::new));
            shake(model, manager);
            for (String network : networks) {
                Ensemble ensemble = (Ensemble) maker.make(network);
                new Check(maker, network, model, ensemble, manager).run();
            }
        }
    }

    /** Makes blocks of one configuration. */
    private record Maker(GeneratedCode code, Idiom idiom, String creation) {

        Block make(String type) {
            return code.make(idiom.maker(), creation.replace("$", type));
        }
    }

    /** Gives every parameter values that are not those of its start, which would test nothing. */
    private static void shake(Block model, NDManager manager) {
        for (Parameter parameter : model.getParameters().values()) {
            NDArray value = parameter.getArray();
            manager.randomUniform(0.05f, 0.5f, value.getShape()).add(value).copyTo(value);
        }
    }

    private record Check(
            Maker maker, String network, Block model, Ensemble ensemble, NDManager manager) {

        private static final int EXAMPLES = 4;

        private Shape[] inputs() {
            return maker.idiom().inputs().toArray(Shape[]::new);
        }

        void run() {
            Shape[] inputs = inputs();
            ensemble.initialize(manager, DataType.FLOAT32, inputs);
            NDList x = new NDList();
            for (Shape input : inputs) {
                x.add(manager.randomNormal(new Shape(EXAMPLES).addAll(input.slice(1))));
            }
            int members = network.startsWith("One") ? 1 : 3;
            NDList expected = predict(model, x);
            NDList answers = predict(ensemble, x);
            assertEquals(expected.size(), answers.size(), network);
            for (int i = 0; i < expected.size(); i++) {
                Shape base = expected.get(i).getShape();
                assertEquals(
                        new Shape(EXAMPLES, members).addAll(base.slice(1)),
                        answers.get(i).getShape(),
                        network);
            }
            leaks(members);
            takenOut(x, answers, members - 1);
            if (!network.startsWith("Narrow")) {
                EqualMembers.set(ensemble, model);
                same(expected, predict(ensemble, x), members);
            }
        }

        private void takenOut(NDList x, NDList answers, int last) {
            Block member = maker.make(maker.idiom().name());
            member.initialize(manager, DataType.FLOAT32, inputs());
            if (network.startsWith("Narrow") && isComparing(model)) {
                assertThrows(
                        IllegalArgumentException.class, () -> ensemble.extractMember(last, member));
                return;
            }
            ensemble.extractMember(last, member);
            NDList taken = predict(member, x);
            for (int i = 0; i < taken.size(); i++) {
                same(answers.get(i).get(new NDIndex(":, {}", last)), taken.get(i), last);
            }
        }

        /** Whether it has layer normalisation, which a narrower member has over fewer features. */
        private static boolean isComparing(Block block) {
            return block instanceof LayerNorm
                    || block.getChildren().values().stream().anyMatch(Check::isComparing);
        }

        private void leaks(int members) {
            LeakMatrix leaks = LeakMatrix.of(ensemble, manager);
            boolean merges = network.contains("Mimo") || network.contains("MixMo");
            String all = "111\n111\n111";
            String own = members == 1 ? "1" : "100\n010\n001";
            assertEquals(merges && members > 1 ? all : own, leaks.toString(), network);
        }

        private void same(NDList expected, NDList answers, int members) {
            for (int i = 0; i < expected.size(); i++) {
                NDArray base = expected.get(i);
                float scale = base.abs().max().getFloat();
                assertTrue(scale > 0, network + " answers nothing");
                for (int m = 0; m < members; m++) {
                    same(base, answers.get(i).get(new NDIndex(":, {}", m)), m);
                }
            }
        }

        private void same(NDArray expected, NDArray answer, int member) {
            float scale = expected.abs().max().getFloat();
            float difference = answer.sub(expected).abs().max().getFloat();
            assertTrue(
                    difference <= 1e-4 * scale,
                    "member %d of %s: %f of %f".formatted(member, network, difference, scale));
        }

        private NDList predict(Block block, NDList x) {
            return block.forward(new ParameterStore(manager, false), x, false);
        }
    }
}
