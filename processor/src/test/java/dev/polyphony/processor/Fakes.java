/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import com.google.testing.compile.JavaFileObjects;
import java.util.List;
import javax.tools.JavaFileObject;

/** TEMPORARY: until the harness is on main. */
final class Fakes {
    static List<JavaFileObject> sources() {
        try {
            Class.forName("dev.polyphony.harness.Harness");
            return List.of();
        } catch (ClassNotFoundException e) {
            return List.of(
                    JavaFileObjects.forSourceString(
                            "dev.polyphony.harness.Harness",
"""
package dev.polyphony.harness;
import java.util.function.Supplier;
public abstract class Harness { protected Harness(String name, Supplier<? extends dev.polyphony.nn.Ensemble> n, dev.polyphony.train.Recipe r) {} }
"""),
                    JavaFileObjects.forSourceString(
                            "dev.polyphony.harness.HarnessCommand",
"""
package dev.polyphony.harness;
import java.util.function.Function;
public final class HarnessCommand { private HarnessCommand() {} public static void run(String[] a, Function<dev.polyphony.inference.Arguments, ? extends Harness> f) {} }
"""),
                    JavaFileObjects.forSourceString(
                            "dev.polyphony.harness.Comparison",
"""
package dev.polyphony.harness;
import java.util.function.Supplier;
public abstract class Comparison { protected Comparison(String name, Supplier<? extends ai.djl.nn.Block> n, java.util.List<? extends Harness> r) {} }
"""),
                    JavaFileObjects.forSourceString(
                            "dev.polyphony.harness.ComparisonCommand",
"""
package dev.polyphony.harness;
import java.util.function.Function;
public final class ComparisonCommand { private ComparisonCommand() {} public static void run(String[] a, Function<dev.polyphony.inference.Arguments, ? extends Comparison> f) {} }
"""));
        }
    }
}
