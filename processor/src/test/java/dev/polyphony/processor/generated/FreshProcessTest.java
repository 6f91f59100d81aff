/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import com.google.testing.compile.JavaFileObjects;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.inference.EnsembleClassifications;
import dev.polyphony.train.progress.Progress;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads model folders in a process that has the jars of the runtime, of DJL and of the generated
 * classes, and the folders: nothing of what trained the models.
 */
class FreshProcessTest {

    private static final List<String> FORMS = List.of("Packed", "Mimo", "DeepEnsemble");

    private static final String MODEL =
            """
            package acme;

            import ai.djl.ndarray.types.Shape;
            import ai.djl.nn.Activation;
            import ai.djl.nn.Blocks;
            import ai.djl.nn.SequentialBlock;
            import ai.djl.nn.convolutional.Conv2d;
            import ai.djl.nn.core.Linear;
            import ai.djl.nn.norm.Dropout;
            import dev.polyphony.DeepEnsemble;
            import dev.polyphony.Mimo;
            import dev.polyphony.Packed;

            /** A small network of all kinds of values. */
            @Packed(m = 2)
            @Mimo(m = 2)
            @DeepEnsemble(m = 2)
            public final class Net extends SequentialBlock {

                /** How wide it is. */
                public enum Size {
                    /** 16 units. */
                    SMALL,
                    /** 64 units. */
                    LARGE
                }

                /**
                 * Creates a network.
                 *
                 * @param classes the number of outputs
                 * @param drop the rate of dropout
                 * @param size how wide it is
                 * @param kernel the kernel
                 * @param bias whether the last layer has one
                 */
                public Net(int classes, float drop, Size size, Shape kernel, boolean bias) {
                    add(Conv2d.builder().setKernelShape(kernel).setFilters(8).build());
                    add(Activation::relu);
                    add(Blocks.batchFlattenBlock());
                    add(Linear.builder().setUnits(size == Size.SMALL ? 16 : 64).build());
                    add(Activation::relu);
                    add(Dropout.builder().optRate(drop).build());
                    add(Linear.builder().setUnits(classes).optBias(bias).build());
                }
            }
            """;

    /** What a user writes to load a model: the folder, the types, one factory. */
    private static final String PROGRAM =
            """
            package other;

            import ai.djl.inference.Predictor;
            import ai.djl.modality.Input;
            import ai.djl.modality.Output;
            import ai.djl.modality.cv.Image;
            import ai.djl.modality.cv.ImageFactory;
            import ai.djl.repository.zoo.Criteria;
            import ai.djl.repository.zoo.ZooModel;
            import dev.polyphony.inference.EnsembleClassifications;
            import dev.polyphony.inference.EnsembleTranslatorFactory;
            import java.nio.file.Files;
            import java.nio.file.Path;

            final class Ask {

                private Ask() {}

                public static void main(String[] args) throws Exception {
                    Path picture = Path.of(args[0]);
                    for (int i = 1; i < args.length; i++) {
                        Path folder = Path.of(args[i]);
                        try {
                            typed(folder, picture);
                            served(folder, picture);
                        } catch (Exception e) {
                            System.out.println("failed: " + e);
                        }
                    }
                }

                private static void typed(Path folder, Path picture) throws Exception {
                    Criteria<Image, EnsembleClassifications> criteria =
                            Criteria.builder()
                                    .setTypes(Image.class, EnsembleClassifications.class)
                                    .optModelPath(folder)
                                    .optTranslatorFactory(new EnsembleTranslatorFactory())
                                    .build();
                    try (ZooModel<Image, EnsembleClassifications> model = criteria.loadModel();
                            Predictor<Image, EnsembleClassifications> predictor = model.newPredictor()) {
                        Image image = ImageFactory.getInstance().fromFile(picture);
                        System.out.println("answer: " + predictor.predict(image).toJson());
                    }
                }

                private static void served(Path folder, Path picture) throws Exception {
                    Criteria<Input, Output> criteria =
                            Criteria.builder()
                                    .setTypes(Input.class, Output.class)
                                    .optModelUrls(folder.toUri().toString())
                                    .build();
                    try (ZooModel<Input, Output> model = criteria.loadModel();
                            Predictor<Input, Output> predictor = model.newPredictor()) {
                        Input input = new Input();
                        input.add("data", Files.readAllBytes(picture));
                        Output output = predictor.predict(input);
                        System.out.println("served: " + output.getData().getAsString());
                    }
                }
            }
            """;

    @TempDir private static Path folder;

    private static Path nets;
    private static Path program;
    private static Path picture;
    private static final List<String> EXPECTED = new ArrayList<>();

    @BeforeAll
    static void train() throws IOException, ReflectiveOperationException, TranslateException {
        GeneratedCode code =
                GeneratedCode.compile(List.of(JavaFileObjects.forSourceString("acme.Net", MODEL)));
        nets = folder.resolve("nets.jar");
        code.writeJar(nets);
        program = folder.resolve("program.jar");
        GeneratedCode.compile(List.of(JavaFileObjects.forSourceString("other.Ask", PROGRAM)))
                .writeJar(program);
        picture = folder.resolve("picture.png");
        BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 6, 6, new Random(1).ints(36, 0, 256).toArray());
        ImageIO.write(image, "png", picture.toFile());
        LabeledData data = stripes();
        float[] pixels = ImageFormat.of(data.getShape()).toFeatures(image);
        for (String form : FORMS) {
            Harness harness = harness(code, form).optEpochs(1).optProgress(Progress.none());
            try (TrainedEnsemble trained = harness.fit(data)) {
                trained.optInput(ImageFormat.of(data.getShape()))
                        .optClassNames(List.of("top", "middle", "bottom"))
                        .save(folder.resolve(form));
                try (Predictor<float[], EnsembleClassifications> predictor =
                        trained.newPredictor(float[].class, EnsembleClassifications.class)) {
                    EXPECTED.add(predictor.predict(pixels).toJson());
                }
            }
        }
    }

    private static Harness harness(GeneratedCode code, String form)
            throws ReflectiveOperationException {
        Class<?> size = code.loadClass("acme.Net$Size");
        return (Harness)
                code.loadClass("acme." + form + "NetHarness")
                        .getMethod("of", int.class, float.class, size, Shape.class, boolean.class)
                        .invoke(null, 3, 0.1f, size.getEnumConstants()[1], new Shape(3, 2), false);
    }

    /** Images of noise with bright rows, which are the class of three. */
    private static LabeledData stripes() {
        Random random = new Random(3);
        float[] features = new float[36 * 30];
        int[] labels = new int[30];
        for (int i = 0; i < features.length; i++) {
            labels[i / 36] = i / 36 % 3;
            double bright = i % 36 / 12 == labels[i / 36] ? 1 : 0;
            features[i] = (float) (bright + 0.3 * random.nextGaussian());
        }
        return LabeledData.of(features, new Shape(1, 6, 6), labels);
    }

    @Test
    void loadsWithTheJarsAndTheFolder() throws IOException, InterruptedException {
        List<String> lines = ask(List.of(nets), FORMS.stream().map(folder::resolve).toList());
        List<String> expected =
                EXPECTED.stream()
                        .flatMap(json -> Stream.of("answer: " + json, "served: " + json))
                        .toList();
        assertEquals(expected, lines);
    }

    /** As one gives a model to DJL Serving: the user's jar lies in the folder. */
    @Test
    void loadsWithTheJarInTheFolder() throws IOException, InterruptedException {
        List<Path> folders = new ArrayList<>();
        for (String place : List.of("nets.jar", "libs/nets.jar")) {
            Path copy = folder.resolve("copy-" + folders.size());
            Files.createDirectories(copy.resolve("libs"));
            for (String file :
                    List.of("model.json", "serving.properties", "ensemble-0000.params")) {
                Files.copy(folder.resolve("Packed").resolve(file), copy.resolve(file));
            }
            Files.copy(nets, copy.resolve(place));
            folders.add(copy);
        }
        String json = EXPECTED.get(0);
        assertEquals(
                List.of("answer: " + json, "served: " + json, "answer: " + json, "served: " + json),
                ask(List.of(), folders));
    }

    @Test
    void saysWhichJarIsMissing() throws IOException, InterruptedException {
        List<String> lines = ask(List.of(), List.of(folder.resolve("Packed")));
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(
                lines.get(0).contains("The class acme.PackedNet of the network in"), lines.get(0));
        assertTrue(lines.get(0).contains("add the jar with the generated classes"), lines.get(0));
    }

    /** What it says of answers and failures. */
    private static List<String> ask(List<Path> jars, List<Path> folders)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(
                        argument ->
                                argument.matches(
                                        "-Xm.*|--add-.*|--enable-.*|-D(ai\\.djl|DJL_|OPT).*"))
                .forEach(command::add);
        command.add("-cp");
        command.add(
                Stream.concat(runtime(), Stream.concat(jars.stream(), Stream.of(program)))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        command.add("other.Ask");
        command.add(picture.toString());
        folders.forEach(one -> command.add(one.toString()));
        Path log = Files.createTempFile(folder, "child", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ends = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertTrue(ends, Files.readString(log));
        assertEquals(0, process.exitValue(), Files.readString(log));
        return Files.readAllLines(log).stream()
                .filter(line -> line.matches("(answer|served|failed): .*"))
                .toList();
    }

    /** The runtime, DJL with its engine, and what they need; neither the processor nor tests. */
    private static Stream<Path> runtime() {
        String own = System.getProperty("java.class.path");
        return Stream.of(
                        System.getProperty("surefire.test.class.path", own)
                                .split(File.pathSeparator))
                .map(Path::of)
                .filter(
                        path ->
                                path.endsWith(Path.of("runtime", "target", "classes"))
                                        || path.getFileName()
                                                .toString()
                                                .matches(
                                                        "(polyphony-runtime|api|pytorch-.*|gson|slf4j-.*|jna|commons-.*)-\\d.*\\.jar"));
    }
}
