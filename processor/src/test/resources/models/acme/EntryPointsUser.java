/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Block;
import dev.polyphony.harness.Comparison;
import dev.polyphony.harness.Harness;
import dev.polyphony.nn.Ensemble;
import java.util.List;
import java.util.function.Supplier;

/** Calls the entry points of generated types as a user does. */
public final class EntryPointsUser {

    private EntryPointsUser() {}

    /** Ensembles that are the same network but for their form. */
    public static List<Supplier<Ensemble>> ensembles() {
        return List.of(
                () -> PackedTowers.towers(4),
                () -> PackedTowers.towers(4, 1),
                () -> PackedTowers.builder().setClasses(4).build(),
                () -> PackedTowers.builder().setClasses(4).optWidth(12).buildOne(),
                () -> new PackedTowers.Builder().setClasses(4).build(),
                () -> BatchEnsembleTowers.towers(4, 32),
                () -> MimoTowers.builder().setClasses(4).optWidth(32).build(),
                () -> DeepEnsembleTowers.towers(4),
                () -> DeepEnsembleTowers.builder().setClasses(4).optWidth(7).buildOne(),
                () -> PackedConfigured.deep(4),
                () -> PackedConfigured.of(4),
                () -> new PackedConfigured(4),
                () -> new PackedConfigured.Builder(4).build(),
                () -> new PackedConfigured.Builder(4).withWidths(8, 12).build(),
                () -> MasksemblesConfigured.deep(4),
                () -> new SubEnsembleConfigured.Builder(4).withWidths(8, 12).build(),
                () -> DeepEnsembleConfigured.deep(4),
                () -> new DeepEnsembleConfigured.Builder(4).withWidths(8, 12).build());
    }

    /** Models and their ensembles of one member. */
    public static List<Supplier<Block>> models() {
        return List.of(
                () -> Towers.towers(4),
                () -> OneTowers.towers(4),
                () -> Towers.builder().setClasses(4).buildOne(),
                () -> OneTowers.builder().setClasses(4).buildOne(),
                () -> Configured.deep(4),
                () -> OneConfigured.deep(4),
                () -> new Configured.Builder(4).withWidths(6, 7).build(),
                () -> new OneConfigured.Builder(4).withWidths(6, 7).build());
    }

    /** Harnesses by all their entry points. */
    public static List<Harness> harnesses() {
        return List.of(
                PackedTowersHarness.towers(4),
                PackedTowersHarness.towers(4, 12),
                PackedTowersHarness.of(() -> PackedTowers.builder().setClasses(4).build()),
                PackedConfiguredHarness.deep(4),
                PackedConfiguredHarness.of(4),
                DeepEnsembleConfiguredHarness.of(
                        () -> new DeepEnsembleConfigured.Builder(4).build()));
    }

    /** Comparisons by all their entry points. */
    public static List<Comparison> comparisons() {
        return List.of(
                TowersComparison.towers(4),
                TowersComparison.of(
                        () -> Towers.towers(4),
                        () -> PackedTowers.towers(4),
                        () -> MimoTowers.towers(4),
                        () -> BatchEnsembleTowers.towers(4),
                        () -> DeepEnsembleTowers.towers(4),
                        () -> OneTowers.towers(4)),
                ConfiguredComparison.deep(4));
    }
}
