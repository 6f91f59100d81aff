/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.polyphony.processor.generated.EqualMembers;
import dev.polyphony.processor.method.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each promise is seen to be broken by a network that breaks it. */
class PromiseTest {

    private static Manifest manifest;
    private static ModelEntry model;
    private static Base base;

    private NDManager manager;

    @BeforeAll
    static void compile() throws IOException {
        manifest = Manifest.read(Path.of("target", "test-classes", "conformance"));
        model = model("acme.Relu");
        base = base(model);
    }

    @AfterAll
    static void close() {
        base.close();
    }

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void rolesOfAnotherModelAreSeen() throws IOException {
        Exhibit good = exhibit(Method.MIMO, Variant.PLAIN);
        Promise.ROLES.verify(good);
        try (Base other = base(model("acme.Joints"))) {
            assertBroken(Promise.ROLES, with(good, model, good.method(), Variant.PLAIN, other));
        }
    }

    @Test
    void aCountForOtherSettingsIsSeen() throws IOException {
        Exhibit good = exhibit(Method.PACKED, Variant.PLAIN);
        Promise.COUNT.verify(good);
        assertBroken(Promise.COUNT, with(good, model, good.method(), Variant.WHOLE, base));
    }

    @Test
    void aNetworkThatDoesNotLearnIsSeen() throws IOException {
        Exhibit exhibit = exhibit(Method.SUB_ENSEMBLE, Variant.PLAIN);
        Promise.LEARNING.verify(exhibit);
        exhibit.network().freezeParameters(true);
        assertBroken(Promise.LEARNING, exhibit);
    }

    @Test
    void equalMembersAreSeen() throws IOException {
        Exhibit exhibit = exhibit(Method.DEEP_ENSEMBLE, Variant.PLAIN);
        Promise.SHAPES.verify(exhibit);
        EqualMembers.set(exhibit.network(), base.getModel());
        assertBroken(Promise.SHAPES, exhibit);
    }

    @Test
    void outputsOfAnotherShapeAreSeen() throws IOException {
        Exhibit good = exhibit(Method.PACKED, Variant.PLAIN);
        Case wrong =
                new Case(
                        "",
                        "",
                        good.setup().inputs(),
                        model("acme.Joints").cases().get(0).outputs());
        Exhibit exhibit =
                new Exhibit(
                        model,
                        wrong,
                        good.method(),
                        good.variant(),
                        good.code(),
                        base,
                        good.network(),
                        manager);
        assertBroken(Promise.SHAPES, exhibit);
    }

    @Test
    void membersThatLeakAreSeen() throws IOException {
        Exhibit mimo = exhibit(Method.MIMO, Variant.PLAIN);
        Promise.LEAKS.verify(mimo);
        assertBroken(Promise.LEAKS, with(mimo, model, Method.PACKED, Variant.PLAIN, base));
        Exhibit packed = exhibit(Method.PACKED, Variant.PLAIN);
        assertBroken(Promise.LEAKS, with(packed, model, Method.MIMO, Variant.PLAIN, base));
    }

    @Test
    void parametersOfAnotherNetworkAreSeen() throws IOException {
        Exhibit good = exhibit(Method.PACKED, Variant.PLAIN);
        Promise.SAVING.verify(good);
        assertBroken(Promise.SAVING, with(good, model, good.method(), Variant.WHOLE, base));
    }

    @Test
    void anotherFunctionIsSeen() throws IOException {
        for (Method method : List.of(Method.PACKED, Method.MIMO, Method.DEEP_ENSEMBLE)) {
            Exhibit good = exhibit(method, Variant.PLAIN);
            Promise.SINGLE.verify(good);
            Promise.MEMBERS.verify(good);
            try (Base tanh = base(model("acme.Tanh"))) {
                Exhibit wrong = with(good, model, method, Variant.PLAIN, tanh);
                assertBroken(Promise.SINGLE, wrong);
                assertBroken(Promise.MEMBERS, wrong);
            }
        }
    }

    private void assertBroken(Promise promise, Exhibit exhibit) {
        AssertionError broken = assertThrows(AssertionError.class, () -> promise.verify(exhibit));
        assertTrue(broken.getMessage().startsWith(promise.name()), broken.getMessage());
    }

    private Exhibit exhibit(Method method, Variant variant) throws IOException {
        CompiledCode code =
                Generation.plain(manifest.sources(), List.of(model))
                        .with(List.of(model), method)
                        .getCode();
        return Exhibit.of(model, model.cases().get(0), method, variant, code, base, manager);
    }

    /** The same network, taken for another. */
    private static Exhibit with(
            Exhibit exhibit, ModelEntry model, Method method, Variant variant, Base base) {
        return new Exhibit(
                model,
                exhibit.setup(),
                method,
                variant,
                exhibit.code(),
                base,
                exhibit.network(),
                exhibit.manager());
    }

    private static ModelEntry model(String className) {
        return manifest.models().stream()
                .filter(entry -> entry.className().equals(className))
                .findFirst()
                .orElseThrow();
    }

    private static Base base(ModelEntry model) throws IOException {
        CompiledCode code = Generation.plain(manifest.sources(), List.of(model)).getCode();
        Case setup = model.cases().get(0);
        return new Base(setup, Constructions.make(code, model, model.simpleName(), setup));
    }
}
