/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All recipes, by name. */
public final class Recipes {

    private static final Map<String, Recipe> BY_NAME = byName();

    private Recipes() {}

    private static Map<String, Recipe> byName() {
        Map<String, Recipe> byName = new LinkedHashMap<>();
        Stream.of(
                        MixMoRecipes.all(),
                        BaselineRecipes.all(),
                        PackedRecipes.all(),
                        NotebookRecipes.all())
                .flatMap(recipes -> recipes)
                .forEach(
                        recipe -> {
                            if (byName.put(recipe.name(), recipe) != null) {
                                throw new IllegalStateException(
                                        "Two recipes are called " + recipe.name());
                            }
                        });
        return Collections.unmodifiableMap(byName);
    }

    /**
     * Returns all recipes.
     *
     * @return the recipes, in the order of the tables
     */
    public static List<Recipe> all() {
        return List.copyOf(BY_NAME.values());
    }

    /**
     * Finds a recipe.
     *
     * @param name its name
     * @return the recipe
     * @throws IllegalArgumentException if there is none of the name; names some that are alike
     */
    public static Recipe get(String name) {
        Recipe recipe = BY_NAME.get(name);
        if (recipe == null) {
            List<String> alike =
                    BY_NAME.keySet().stream().filter(other -> other.contains(name)).toList();
            throw new IllegalArgumentException(
                    alike.isEmpty()
                            ? "There is no recipe '%s': 'recipes' lists them".formatted(name)
                            : "There is no recipe '%s', but there are %s"
                                    .formatted(name, String.join(", ", alike)));
        }
        return recipe;
    }
}
