/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.Networks.LINEAR;

import dev.polyphony.processor.Environments.Wrapped;
import dev.polyphony.processor.diagnose.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;

/** Mistakes, one a case, each with a line marked {@code // here}. */
final class ProblemCases {

    private ProblemCases() {}

    /** A mistake. */
    record Case(Code code, String what, Processor processor, List<JavaFileObject> sources) {
        Case with(JavaFileObject source) {
            List<JavaFileObject> all = new ArrayList<>(sources);
            all.add(source);
            return new Case(code, what, processor, all);
        }

        @Override
        public String toString() {
            return code.getId() + " " + what;
        }
    }

    static Case wrong(Code code, String what, JavaFileObject... sources) {
        return new Case(code, what, new PolyphonyProcessor(), List.of(sources));
    }

    /** A mistake in the constructor of a packed model that has a layer as well. */
    static Case body(Code code, String what, String statement) {
        return wrong(
                code,
                what,
                net("@Packed", "public Net() {\n" + LINEAR + "\n" + statement + " // here\n}"));
    }

    static Stream<Case> cases() {
        return Stream.of(
                        headers(),
                        constructors(),
                        layers(),
                        CopyProblemCases.cases(),
                        TaskProblemCases.cases(),
                        others())
                .flatMap(stream -> stream);
    }

    private static Stream<Case> headers() {
        return Stream.of(
                wrong(
                        Code.NOT_A_CLASS,
                        "'Net' is an interface",
                        source("@Packed\npublic interface Net {} // here")),
                wrong(
                        Code.NOT_A_CLASS,
                        "'Net' is an enum",
                        source("@Packed\npublic enum Net { A } // here")),
                wrong(
                        Code.NOT_A_CLASS,
                        "'Net' is a record",
                        source("@Packed\npublic record Net(int a) {} // here")),
                wrong(
                        Code.NOT_A_CLASS,
                        "'Net' is an annotation type",
                        source("@Packed\n@interface Net {} // here\nclass Other {}")),
                wrong(
                        Code.NOT_A_MODEL,
                        "'Net' extends Object",
                        source(
                                "@Packed @DeepEnsemble\npublic class Net { // here\npublic Net(int a) {} }")),
                wrong(
                        Code.NOT_A_MODEL,
                        "'Net' extends LambdaBlock",
                        source(
                                "@Mimo\npublic final class Net extends LambdaBlock { // here\n"
                                        + "public Net() { super(x -> x); } }")),
                wrong(
                        Code.NESTED,
                        "'Net' is nested",
                        source(
                                "public class Outer {\n@Packed public static class Net extends"
                                        + " SequentialBlock { // here\nNet() { "
                                        + LINEAR
                                        + " } } }")),
                wrong(
                        Code.ABSTRACT,
                        "'Net' is abstract",
                        source(
                                "@Packed\npublic abstract class Net extends SequentialBlock { // here\n"
                                        + "protected Net() { "
                                        + LINEAR
                                        + " } }")),
                wrong(
                        Code.NAME_TAKEN,
                        "'PackedNet' is already the name of another form of 'Net'",
                        net(
                                "@Packed(m = 2)\n@Packed(m = 4) // here",
                                "public Net() { " + LINEAR + " }")),
                wrong(
                        Code.NAME_TAKEN,
                        "'PackedNet' is already the name of a class of yours",
                        net("@Packed // here", "public Net() { " + LINEAR + " }"),
                        source("public class PackedNet {}")),
                wrong(
                        Code.NAME_TAKEN,
                        "'NetComparison' is already the name of a class of yours",
                        source("class NetComparison {}"),
                        net("@Packed", "public Net() { " + LINEAR + " }")));
    }

    private static Stream<Case> constructors() {
        return Stream.of(
                wrong(
                        Code.PRIVATE_CONSTRUCTORS,
                        "'Net' has only private constructors",
                        source(
                                "@Packed @DeepEnsemble\npublic final class Net extends SequentialBlock { // here\n"
                                        + "private Net() { "
                                        + LINEAR
                                        + " } }")),
                wrong(
                        Code.PRIVATE_CONSTRUCTORS,
                        "'Net' has only private constructors",
                        source(
                                "@Packed\npublic final class Net extends SequentialBlock { // here\n"
                                        + "Net(Mode mode) { "
                                        + LINEAR
                                        + " } private enum Mode { A } }")),
                wrong(
                        Code.CHECKED_EXCEPTION,
                        "The constructor throws IOException",
                        net(
                                "@Packed @DeepEnsemble",
                                "public Net(int a) throws java.io.IOException { // here\n"
                                        + LINEAR
                                        + " }")),
                wrong(
                        Code.COPIED_PARAMETER,
                        "The constructor takes 'Net'",
                        net(
                                "@Packed",
                                "public Net(Net other) { // here\nadd(Linear.builder().setUnits(2)"
                                        + ".build()); }")),
                wrong(
                        Code.NO_ENTRY_POINT,
                        "No method of 'Net' makes a whole model",
                        source(
                                "@Packed\npublic class Net { // here\n"
                                        + "public Block unit() { return"
                                        + " Linear.builder().setUnits(2).build(); } }")),
                wrong(
                        Code.NO_ENTRY_POINT,
                        "No method of 'Net' makes a whole model",
                        source(
                                "@Packed\npublic class Net { // here\n"
                                        + "public static Block tree(int depth) { return depth == 0"
                                        + " ? Linear.builder().setUnits(2).build()"
                                        + " : new SequentialBlock().add(tree(depth - 1)); } }")),
                wrong(
                        Code.NAME_TAKEN,
                        "'getMembers' is also a method of every ensemble",
                        source(
                                "@Packed\npublic class Net {\n"
                                        + "static int getMembers() { // here\nreturn 2; }\n"
                                        + "public static Block net() { return"
                                        + " Linear.builder().setUnits(getMembers()).build(); } }")),
                wrong(
                        Code.CHECKED_EXCEPTION,
                        "'net' throws IOException",
                        source(
                                "@Packed\npublic class Net {\n"
                                        + "public static Block net() throws java.io.IOException {"
                                        + " // here\nreturn Linear.builder().setUnits(2).build();"
                                        + " } }")));
    }

    private static Stream<Case> layers() {
        return Stream.of(
                body(
                        Code.UNSUPPORTED_LAYER,
                        "'Multiplication' holds parameters that cannot be packed",
                        "add(Multiplication.builder().setUnits(2).build());"),
                body(
                        Code.UNSUPPORTED_LAYER,
                        "'Multiplication'",
                        "Multiplication.Builder builder = Multiplication.builder();"),
                body(
                        Code.UNSUPPORTED_LAYER,
                        "'Multiplication'",
                        "Supplier<Object> make = Multiplication::builder;"),
                body(
                        Code.UNSUPPORTED_LAYER,
                        "'RecurrentBlock' has no ensemble twin, only its subclasses have",
                        "RecurrentBlock any = null;"),
                body(
                        Code.UNSUPPORTED_LAYER,
                        "'Conv2dTranspose'",
                        "var builder = Conv2dTranspose.builder();"),
                body(
                        Code.UNSUPPORTED_LAYER,
                        "'BertBlock'",
                        "add(ai.djl.nn.transformer.BertBlock.builder().setTokenDictionarySize(9).build());"),
                body(
                                Code.EXTENDED_LAYER,
                                "'PointwiseFeedForwardBlock::new' cannot take the form",
                                "Feed feed = ai.djl.nn.transformer.PointwiseFeedForwardBlock::new;")
                        .with(
                                source(
                                        "interface Feed { Block of(List<Integer> hidden, int units,"
                                                + " Function<NDList, NDList> activation); }")),
                body(
                        Code.EXTENDED_LAYER,
                        "'TransformerEncoderBlock' is not built with its builder",
                        "add(new ai.djl.nn.transformer.TransformerEncoderBlock(4, 2, 8, 0.1f,"
                                + " Activation::relu) {});"),
                body(
                        Code.EXTENDED_LAYER,
                        "'TrainableWordEmbedding' is not built with its builder",
                        "add(new ai.djl.modality.nlp.embedding.TrainableWordEmbedding(null, 4));"),
                wrong(
                        Code.UNSUPPORTED_LAYER,
                        "'SymbolBlock'",
                        net(
                                "@Packed",
                                "public Net(SymbolBlock backbone) { // here\nadd(backbone);\n"
                                        + LINEAR
                                        + "\n}")),
                wrong(
                        Code.USER_BLOCK,
                        "'Unit' is a block class from another file",
                        net(
                                "@Packed",
                                "public Net() {\n" + LINEAR + "\nadd(new Unit(4)); // here\n}"),
                        source(
                                "public class Unit extends LambdaBlock { public Unit(int a) { super(x -> x); } }")),
                wrong(
                        Code.FOREIGN_BLOCK,
                        "'Heads.linear' makes a block",
                        net(
                                "@Packed",
                                "public Net() {\n" + LINEAR + "\nadd(Heads.linear(4)); // here\n}"),
                        source(
                                "public class Heads { static Block linear(int units) { return"
                                        + " Linear.builder().setUnits(units).build(); } }")),
                wrong(
                        Code.FOREIGN_BLOCK,
                        "'Heads.Builder.build' makes a block",
                        net(
                                "@Packed",
                                "public Net() {\n"
                                        + LINEAR
                                        + "\nadd(Heads.builder().units(3).build()); // here\n}"),
                        source(
                                "public class Heads { static Builder builder() { return new Builder(); }\n"
                                        + "static class Builder { Builder units(int n) { return this; } Block"
                                        + " build() { return Blocks.identityBlock(); } } }")),
                wrong(
                        Code.FOREIGN_BLOCK,
                        "'Unit.Maker.make' makes a block",
                        net(
                                "@Packed",
                                "public Net() {\n"
                                        + LINEAR
                                        + "\nadd(Unit.Maker.make()); // here\n}"),
                        source(
                                "public class Unit extends LambdaBlock { Unit() { super(x -> x); }\n"
                                        + "static class Maker { static Block make() { return new Unit(); } } }")),
                wrong(
                        Code.FOREIGN_BLOCK,
                        "'Model.getBlock' makes a block",
                        net(
                                "@Packed",
                                "public Net(Model model) {\n"
                                        + LINEAR
                                        + "\nadd(model.getBlock()); // here\n}")),
                body(
                                Code.FOREIGN_BLOCK,
                                "'Other.make' makes",
                                "Supplier<Block> make = Other::make;")
                        .with(
                                source(
                                        "public class Other { static Block make() { return Blocks.identityBlock(); } }")),
                body(
                        Code.OWN_PARAMETER,
                        "'Net' adds a parameter",
                        "addParameter(Parameter.builder().setName(\"w\").setType(Parameter.Type.WEIGHT).build());"),
                body(
                        Code.FUNCTIONAL_CALL,
                        "'Linear.linear' takes parameters",
                        "add(list -> Linear.linear(list.get(0), list.get(1)));"),
                body(
                        Code.FUNCTIONAL_CALL,
                        "'Conv2d.conv2d'",
                        "BinaryOperator<NDArray> c = (x, w) -> Conv2d.conv2d(x, w).get(0);"),
                body(
                        Code.EXTENDED_LAYER,
                        "'Linear' is not built with its builder",
                        "class Wide extends Linear { Wide(Builder b) { super(b); } }"),
                wrong(
                        Code.NO_LAYERS,
                        "'Net' has no layers",
                        source(
                                "@Packed\npublic final class Net extends SequentialBlock { // here\npublic Net() {"
                                        + " add(Activation::relu); } }")));
    }

    private static Case exempt(String what, String forms) {
        return wrong(
                Code.EXEMPTION,
                what,
                net(
                        "@Packed",
                        "public Net() { layer(); }\n@Exempt("
                                + forms
                                + ") // here\nprivate void layer() { "
                                + LINEAR
                                + " }"));
    }

    private static Stream<Case> others() {
        return Stream.of(
                wrong(
                        Code.NO_PATCHES,
                        "'CUTMIX' mixes patches",
                        net("@MixMo(m = 2) // here", "public Net() { " + LINEAR + " }")),
                wrong(
                        Code.LABELS,
                        "The forward pass reads labels, and with @Mimo one pass",
                        net(
                                "@Packed @Mimo",
                                "public Net() { "
                                        + LINEAR
                                        + " }\n@Override\nprotected NDList forwardInternal( // here\nParameterStore"
                                        + " store, NDList data, NDList labels,\nPairList<String,"
                                        + " Object> params) { return forwardInternal(store, data,"
                                        + " true, params); }")),
                wrong(
                        Code.NOT_AN_IDENTIFIER,
                        "'My Net' is not a Java identifier",
                        net(
                                "@Packed(\n name = \"My Net\") // here",
                                "public Net() { " + LINEAR + " }")),
                wrong(
                        Code.OUT_OF_RANGE,
                        "'alpha' is 0.0, but must be above 0",
                        net(
                                "@Packed(m = 2)\n@Packed(m = 4,\nalpha = 0, // here\nname = \"Wide\")",
                                "public Net() { " + LINEAR + " }")),
                exempt("'Mimo' adds nothing to layers", "{Packed.class,\nMimo.class}"),
                exempt("'Net' has no @Masksembles that", "Masksembles.class"),
                exempt("'@Exempt' of 'layer' names no annotation", "{}"),
                wrong(
                        Code.EXEMPTION,
                        "'Net' has no @Packed that",
                        net(
                                "@DeepEnsemble",
                                "public Net() { layer(); }\n@Exempt(Packed.class) // here\n"
                                        + "private void layer() { "
                                        + LINEAR
                                        + " }")),
                wrong(
                        Code.EXEMPTION,
                        "'head' itself builds no layer to which @Packed adds anything",
                        net(
                                "@Packed",
                                "public Net() { head(); }\n@Exempt(Packed.class) // here\n"
                                        + "private void head() { add(new SequentialBlock()).add(BatchNorm.builder().build()); layer(); }\nprivate void layer() { "
                                        + LINEAR
                                        + " }")),
                new Case(
                        Code.UNREADABLE,
                        "this compiler does not tell where the source file is",
                        Wrapped.hidden(new PolyphonyProcessor()),
                        List.of(
                                source(
                                        "@Packed\npublic final class Net extends SequentialBlock { // here\npublic"
                                                + " Net() { "
                                                + LINEAR
                                                + " } }"))),
                new Case(
                        Code.BUG,
                        "Polyphony failed at 'Net': java.lang.IllegalStateException: filer",
                        Wrapped.failing(new PolyphonyProcessor()),
                        List.of(
                                source(
                                        "@Packed\npublic final class Net extends SequentialBlock { // here\npublic"
                                                + " Net() { "
                                                + LINEAR
                                                + " } }"))));
    }
}
