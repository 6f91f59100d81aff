/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.Networks.LINEAR;
import static dev.polyphony.processor.ProblemCases.body;
import static dev.polyphony.processor.ProblemCases.wrong;

import dev.polyphony.processor.ProblemCases.Case;
import dev.polyphony.processor.diagnose.Code;
import java.util.stream.Stream;

/** Mistakes in models that would not mean the same in a copy of their body. */
final class CopyProblemCases {

    private CopyProblemCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                wrong(
                        Code.STATIC_STATE,
                        "'count' is a static field that changes",
                        net(
                                "@Packed",
                                "private static int count; // here\npublic Net() { count++; "
                                        + LINEAR
                                        + " }")),
                wrong(
                        Code.STATIC_STATE,
                        "'all' is a static field for objects of 'Net'",
                        net(
                                "@Packed",
                                "static final List<Net> all = new ArrayList<>(); // here\npublic Net() { all.add(this); "
                                        + LINEAR
                                        + " }")),
                wrong(
                        Code.STATIC_STATE,
                        "'width' is a static field that changes",
                        net(
                                "@Packed",
                                "static int width; // here\nstatic { width = 3; }\npublic Net() { "
                                        + LINEAR
                                        + " }")),
                wrong(
                        Code.STATIC_STATE,
                        "'made' is a static field that changes",
                        net(
                                "@Packed",
                                "public Net() { add(new Unit()); }\nstatic class Unit extends SequentialBlock {\n"
                                        + "static int made; // here\nUnit() { made++; "
                                        + LINEAR
                                        + " } }")),
                wrong(
                        Code.COPIED_PARAMETER,
                        "The constructor takes 'Linear'",
                        net(
                                "@Packed @DeepEnsemble",
                                "public Net(int width,\nIntFunction<Linear> make) { // here\n"
                                        + "add(make.apply(width)); "
                                        + LINEAR
                                        + " }")),
                wrong(
                        Code.COPIED_PARAMETER,
                        "The constructor takes 'Linear.Builder'",
                        net(
                                "@Packed",
                                "public Net(Linear.Builder first) { // here\nadd(first.build()); "
                                        + LINEAR
                                        + " }")),
                wrong(
                        Code.COPIED_PARAMETER,
                        "The constructor takes 'Conv2d'",
                        net(
                                "@Packed",
                                "public <T extends Conv2d> Net(T[] all) { // here\naddAll(all); "
                                        + LINEAR
                                        + " }")),
                wrong(
                        Code.COPIED_PARAMETER,
                        "'of' takes 'Linear'",
                        source(
                                "@Packed\npublic class Net {\n"
                                        + "public static Block of(Linear... all) { // here\n"
                                        + "return new SequentialBlock().addAll(all).add("
                                        + "Linear.builder().setUnits(3).build()); } }")),
                wrong(
                        Code.COPIED_PARAMETER,
                        "'setFirst' takes 'Linear'",
                        net(
                                "@Packed",
                                "private Net(Builder b) { add(b.first); "
                                        + LINEAR
                                        + " }\npublic static final class Builder { private Linear first;\n"
                                        + "public Builder setFirst(Linear l) { // here\n"
                                        + "first = l; return this; }\n"
                                        + "public Net build() { return new Net(this); } }")),
                wrong(
                        Code.SELF_TYPE,
                        "'Net' implements Comparable of itself",
                        source(
                                "@Packed\npublic final class Net extends SequentialBlock implements Comparable<Net> { // here\n"
                                        + "public Net() { "
                                        + LINEAR
                                        + " }\npublic int compareTo(Net other) { return 0; } }")),
                body(
                        Code.UNSUPPORTED_LAYER,
                        "Declare it as the layer that is built, such as Conv2d, or as Block.",
                        "Convolution c = Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(1).build();"),
                body(Code.SELF_TYPE, "'init' of 'Other' takes a 'Net'", "Other.init(this);")
                        .with(
                                Compilations.plain(
                                        "package acme;\nclass Other { static void init(Net net) {} }")),
                body(
                                Code.SELF_TYPE,
                                "'init' of 'Other' takes a 'Net'",
                                "Consumer<Net> init = Other::init; init.accept(this);")
                        .with(
                                Compilations.plain(
                                        "package acme;\nclass Other { static void init(Net net) {} }")),
                body(
                                Code.SELF_TYPE,
                                "'Other' of 'Other' takes a 'Net'",
                                "Function<Net, Other> make = Other::new; make.apply(this);")
                        .with(
                                Compilations.plain(
                                        "package acme;\nclass Other { Other(Net net) {} }")),
                body(Code.SELF_TYPE, "'Other' of 'Other' takes a 'Net'", "new Other(Net.this);")
                        .with(
                                Compilations.plain(
                                        "package acme;\nclass Other { Other(Net net) {} }")),
                wrong(
                        Code.NAME_TAKEN,
                        "'PackedNet' is already the name of a class nested in 'Net'",
                        net(
                                "@Packed // here",
                                "public Net() { "
                                        + LINEAR
                                        + " new PackedNet(); }\nprivate static class PackedNet {}")));
    }
}
