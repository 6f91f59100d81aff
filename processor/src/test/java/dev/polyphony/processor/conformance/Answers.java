/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LeakMatrix;
import dev.polyphony.processor.generated.EqualMembers;
import dev.polyphony.processor.method.Method;
import java.util.Arrays;
import java.util.List;

/** What a network answers in prediction. */
final class Answers {

    private static final int EXAMPLES = 2;

    /** Of the largest number: sums in another order differ in the last bits. */
    private static final double TOLERANCE = 1e-4;

    private Answers() {}

    static void verifyShapes(Exhibit exhibit) {
        try (NDManager scope = exhibit.manager().newSubManager()) {
            int members = exhibit.members();
            NDList x = exhibit.base().randomInputs(scope, EXAMPLES);
            NDList shared = Exhibit.predict(exhibit.network(), x);
            List<Shape> expected = exhibit.setup().outputShapes(EXAMPLES, members);
            assertEquals(expected, shapes(shared), "outputs for [B, x...]");
            assertEquals(
                    expected,
                    Arrays.asList(
                            exhibit.network()
                                    .getOutputShapes(exhibit.setup().inputShapes(EXAMPLES))),
                    "getOutputShapes");
            NDList repeated = new NDList();
            x.forEach(each -> repeated.add(each.expandDims(1).repeat(1, members)));
            NDList apart = Exhibit.predict(exhibit.network(), repeated);
            assertEquals(expected, shapes(apart), "outputs for [B, M, x...]");
            for (int i = 0; i < shared.size(); i++) {
                assertClose(shared.get(i), apart.get(i), "the same examples for all members");
            }
            requireDifferent(shared);
        }
    }

    private static List<Shape> shapes(NDList list) {
        return list.stream().map(NDArray::getShape).toList();
    }

    /** Members that answer alike are no ensemble. */
    private static void requireDifferent(NDList outputs) {
        boolean different = false;
        for (NDArray y : outputs) {
            assertTrue(finite(y), "an output is not finite");
            NDArray first = y.get(new NDIndex(":, 0"));
            NDArray last = y.get(new NDIndex(":, -1"));
            different |= first.sub(last).abs().max().getFloat() > 0;
        }
        assertTrue(different, "all members give the same");
    }

    static void verifyLeaks(Exhibit exhibit) {
        boolean merges = exhibit.method() == Method.MIMO || exhibit.method() == Method.MIX_MO;
        Ensemble network = exhibit.network();
        int members = exhibit.members();
        StringBuilder expected = new StringBuilder();
        StringBuilder found = new StringBuilder();
        try (NDManager scope = exhibit.manager().newSubManager()) {
            NDList x = exhibit.base().randomInputs(scope, EXAMPLES, members);
            NDList before = Exhibit.predict(network, x);
            for (int i = 0; i < members; i++) {
                NDList changed = new NDList();
                for (NDArray each : x) {
                    NDArray other = each.duplicate();
                    NDIndex member = new NDIndex(":, {}", i);
                    other.set(member, scope.randomNormal(each.get(member).getShape()));
                    changed.add(other);
                }
                NDList after = Exhibit.predict(network, changed);
                for (int j = 0; j < members; j++) {
                    expected.append(merges || i == j ? '1' : '0');
                    found.append(differs(before, after, j) ? '1' : '0');
                }
                expected.append('\n');
                found.append('\n');
            }
            assertEquals(expected.toString(), found.toString(), "whose input moves whose output");
            assertEquals(
                    expected.toString().strip(),
                    LeakMatrix.of(network, scope).toString(),
                    "leak matrix");
        }
    }

    private static boolean differs(NDList before, NDList after, int member) {
        for (int i = 0; i < before.size(); i++) {
            NDIndex index = new NDIndex(":, {}", member);
            if (!before.get(i).get(index).contentEquals(after.get(i).get(index))) {
                return true;
            }
        }
        return false;
    }

    static void verifySingle(Exhibit exhibit) {
        try (NDManager scope = exhibit.manager().newSubManager()) {
            Exhibit single =
                    Exhibit.of(
                            exhibit.model(),
                            exhibit.setup(),
                            exhibit.method(),
                            Variant.SINGLE,
                            exhibit.code(),
                            exhibit.base(),
                            scope);
            List<Parameter> from = exhibit.base().getModel().getParameters().values();
            List<Parameter> to = single.network().getParameters().values();
            assertEquals(
                    from.stream().map(Parameter::getShape).toList(),
                    to.stream().map(Parameter::getShape).toList(),
                    "shapes of the parameters of a single member");
            for (int i = 0; i < from.size(); i++) {
                from.get(i).getArray().copyTo(to.get(i).getArray());
            }
            NDList x = exhibit.base().randomInputs(scope, EXAMPLES);
            NDList expected = exhibit.base().forward(x);
            NDList found = Exhibit.predict(single.network(), x);
            for (int i = 0; i < expected.size(); i++) {
                assertTrue(finite(expected.get(i)), "the model's output is not finite");
                assertTrue(
                        expected.get(i).expandDims(1).contentEquals(found.get(i)),
                        "a single member does not give the model's output " + i);
            }
        }
    }

    /** Members with the model's parameters, and neutral fast weights and masks, are the model. */
    static void verifyMembers(Exhibit given) {
        boolean narrow =
                given.variant() == Variant.PLAIN
                        && Variant.of(given.method(), given.model()).contains(Variant.WHOLE);
        Exhibit exhibit = narrow ? given.other(Variant.WHOLE) : given;
        EqualMembers.set(exhibit.network(), exhibit.base().getModel());
        try (NDManager scope = exhibit.manager().newSubManager()) {
            NDList x = exhibit.base().randomInputs(scope, EXAMPLES);
            NDList expected = exhibit.base().forward(x);
            NDList found = Exhibit.predict(exhibit.network(), x);
            for (int i = 0; i < expected.size(); i++) {
                for (int m = 0; m < exhibit.members(); m++) {
                    NDArray member = found.get(i).get(new NDIndex(":, {}", m));
                    assertClose(expected.get(i), member, "output %d of member %d".formatted(i, m));
                }
            }
        }
    }

    private static void assertClose(NDArray expected, NDArray found, String what) {
        double size = Math.max(expected.abs().max().getFloat(), 1e-6);
        double difference = expected.sub(found).abs().max().getFloat();
        assertTrue(
                difference <= TOLERANCE * size,
                () -> "%s: differs by %s of %s".formatted(what, difference, size));
    }

    private static boolean finite(NDArray y) {
        return Float.isFinite(y.abs().max().getFloat());
    }
}
