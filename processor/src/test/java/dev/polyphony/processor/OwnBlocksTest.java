/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.lineOf;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Networks.LINEAR;
import static dev.polyphony.processor.Networks.assertHas;
import static dev.polyphony.processor.Networks.assertHasNot;
import static dev.polyphony.processor.Networks.packed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.util.Locale;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks with parameters of their own, of which packed members have one each. */
class OwnBlocksTest {

    private static final String ADD =
            "addParameter(Parameter.builder().setName(\"w\").setType(Parameter.Type.WEIGHT).build());";

    private static final String METHODS =
            " protected NDList forwardInternal(ParameterStore ps, NDList in, boolean training,"
                    + " ai.djl.util.PairList<String, Object> p) { return in; }"
                    + " public Shape[] getOutputShapes(Shape[] in) { return in; } ";

    private static final String OF = "static Scale of(int size) { return new Scale(size); }";

    private static final String SCALE = scale("static class Scale extends AbstractBlock", "");

    private static String scale(String header, String more) {
        return header
                + " { static final int SIZE = 2; int size; Scale(int size) { this.size = size; "
                + ADD
                + " } "
                + OF
                + " static int twice(int size) { return size + size; }"
                + " Scale self() { return this; } "
                + more
                + METHODS
                + "}\n";
    }

    @Test
    void areMadeForEachMember() {
        String network =
                packed(
                        """
                            private final Scale scale;
                            private final List<Scale> all = new ArrayList<>();

                            public Net(int width) {
                                add(Linear.builder().setUnits(width).build());
                                scale = new Scale(width);
                                add(scale).add(Scale.of(2 * width)).add(new Scale(Scale.SIZE));
                                for (int size : new int[] {3, Scale.SIZE}) {
                                    all.add(new Scale(size));
                                }
                            }

                        """
                                + SCALE);

        assertHas(
                network,
                """
                        private final EnsembleBlock scale;
                        private final List<EnsembleBlock> all = new ArrayList<>();

                        Network(int width) {
                            add(EnsembleLinear.builder(FORM).setUnits(width).build());
                            scale = EnsembleBlock.of(FORM, () -> new Scale(width));
                """,
                """
                            add(scale).add(EnsembleBlock.of(FORM, () -> Scale.of(2 * width))).add(EnsembleBlock.of(
                                    FORM, () -> new Scale(Scale.SIZE)));
                """,
                "for (int size : new int[] {3, Scale.SIZE}) {\n                all.add(EnsembleBlock.of(FORM, () -> new Scale(size)));",
                "static Scale of(int size) { return new Scale(size); }",
                "Scale self() { return this; }");
    }

    @Test
    void staySharedInOtherFormsAndWithOneMember() {
        String members =
                "Scale scale; public Net() { " + LINEAR + " scale = new Scale(3); add(scale); }";
        for (String form : new String[] {"Packed(m = 1)", "Mimo", "BatchEnsemble"}) {
            Compilation compilation = compile(net("@" + form, members + SCALE));

            assertClean(compilation);
            String name = form.replaceAll("\\W.*", "") + "Net";
            String network = generated(compilation, name);
            assertHas(network, "Scale scale;", "scale = new Scale(3); add(scale);");
            assertHasNot(network, "EnsembleBlock");
        }
    }

    @Test
    void areReferredTo() {
        String plain = SCALE.replace("Scale(int size) { this.size = size; ", "Scale() { ");
        String network =
                packed(
                        "public Net() { "
                                + LINEAR
                                + " Supplier<Block> scale = Scale::new; add(scale.get()); }"
                                + plain.replace("new Scale(size)", "new Scale()"));

        assertHas(network, "Supplier<Block> scale = () -> EnsembleBlock.of(FORM, Scale::new);");
    }

    @Test
    void areMadeInStaticMethodsAndOfValuesThatStay() {
        String network =
                packed(
                        """
                            private final int width;
                            private final int[] widths = {1, 2};

                            private Net(Size size, boolean wide) {
                                width = size.width();
                                add(Linear.builder().setUnits(width).build());
                                add(new Scale(width)).add(new Scale(-size.width()));
                                add(new Scale(wide ? Math.max(widths[0], 2) : (int) 3L));
                                IntUnaryOperator twice = Scale::twice;
                                add(new Scale(this.widths.length)).add(scale(Scale.twice(4)));
                            }

                            public static Block make(int width) {
                                return new Net(new Size(width), true);
                            }

                            private static Scale scale(int width) {
                                return new Scale(width);
                            }

                            record Size(int width) {}

                        """
                                + SCALE);

        assertHas(
                network,
                "add(EnsembleBlock.of(FORM, () -> new Scale(width)))",
                "EnsembleBlock.of(\n                    FORM, () -> new Scale(-size.width())));",
                "() -> new Scale(wide ? Math.max(widths[0], 2) : (int) 3L)",
                "() -> new Scale(this.widths.length)",
                "private static EnsembleBlock scale(int width) {\n"
                        + "        return EnsembleBlock.of(FORM, () -> new Scale(width));",
                "{@code Scale}: one for each member");
    }

    @Test
    void longLinesAreBroken() {
        String network =
                packed(
                        """
                            private final Scale scale;

                            public Net(int width) {
                                add(Linear.builder().setUnits(width).build());
                                scale = addAndReturn("the name of the block", new Scale(width + 1000));
                            }

                            private <T extends Block> T addAndReturn(String name, T block) {
                                add(block);
                                return block;
                            }

                        """
                                + SCALE);

        assertHas(
                network,
                """
                            scale = addAndReturn("the name of the block", EnsembleBlock.of(
                                    FORM, () -> new Scale(width + 1000)));
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add(new Scale(count++));|'count++' may be another value for each",
                "add(new Scale(count));|'count' may be another value for each",
                "add(new Scale(field));|'field' may be another value for each",
                "add(new Scale(next()));|'next()' may be another value for each",
                "add(Scale.of(next()));|'next()' may be another value for each",
                "add(new Scale(3).self());|'self' is a member of one of them",
                "int size = new Scale(3).size;|'size' is a member of one of them",
                "Scale held = new Scale(3); Supplier<Block> f = held::self;|'self' is a member of one of them",
                "Scale held = new Scale(3); add(held.self());|'self' is a member of one of them",
                "new Scale(3).getParameters();|'getParameters' is a member of one of them",
                "this.other.self();|'self' is a member of one of them",
                "IntFunction<Block> f = Scale::new;|'Scale::new' makes only one",
                "IntFunction<Block> f = Scale::of;|'of' is a member of one of them",
                "add(new Scale(3) { });|an anonymous class that extends it is none"
            })
    void areRefusedWhereOneIsMeant(String statement, String reason) {
        assertRefused(statement, SCALE, "Each packed member has its own 'Scale', and " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class Scale extends AbstractBlock||it is no static class",
                "static class Scale extends SequentialBlock||another class than AbstractBlock",
                "static class Scale extends AbstractBlock implements Runnable|public void run() {}|implements an interface",
                "static class Scale extends AbstractBlock|{ addChildBlock(\"id\", Blocks.identityBlock()); }|layers or other blocks",
                "static class Scale extends AbstractBlock|Block inner;|layers or other blocks",
                "static class Scale extends AbstractBlock|static class Wide extends Scale { Wide() { super(3); } }|another class extends it",
                "static class Scale extends AbstractBlock|boolean is(Object o) { return o instanceof Scale; }|asks for its class",
                "static class Scale extends AbstractBlock|boolean is(Object o) { return o.getClass() == Scale.class; }|asks for its class"
            })
    void areRefusedWhereMembersCannotHaveThem(String header, String more, String reason) {
        String scale = scale(header, more == null ? "" : more).replace(ADD, ADD + " // here\n");
        if (!header.startsWith("static")) {
            // which makes none of an inner class
            scale = scale.replace(OF, "");
        }
        JavaFileObject net =
                net("@Packed", "public Net() { " + LINEAR + " add(new Scale(3)); }\n" + scale);
        var error = onlyError(Compilations.compileLeniently(net));
        String message = error.getMessage(Locale.ROOT);
        assertTrue(message.startsWith("[PLY034] 'Scale' adds a parameter, which"), message);
        assertTrue(message.contains(reason), message);
        assertEquals(lineOf(net, "// here"), error.getLineNumber());
    }

    private static void assertRefused(String statement, String scale, String reason) {
        JavaFileObject net =
                net(
                        "@Packed",
                        "Scale other; int field = 3; int next() { return field++; }\npublic Net() { int count = 0; count += 1; "
                                + LINEAR
                                + "\n"
                                + statement
                                + " // here\n}\n"
                                + scale);
        var error = onlyError(Compilations.compileLeniently(net));
        String message = error.getMessage(Locale.ROOT);
        assertTrue(message.startsWith("[PLY034] " + reason), message);
        assertEquals(lineOf(net, "// here"), error.getLineNumber());
    }
}
