// makes new $(12, 5)
// takes (1, 12)
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Nested types that reach into each other and into the model. */
@Packed
public final class InnerAccess extends SequentialBlock {

    private static final int EXTRA = Defaults.extra();
    private int depth = 2;
    private final Plan plan;

    public InnerAccess(int width, int classes) {
        plan = new Plan(width);
        plan.queue.add(classes);
        for (int units : plan) {
            add(plan.last == units ? plan.new Step(units).build() : new Unit(units, this));
        }
        InnerAccess.this.depth--;
        if (depth != Counter.count - Counter.count + 1) {
            throw new IllegalStateException();
        }
    }

    static final class Counter {
        private static final int count = 7;
    }

    static class Defaults {
        private static final int WIDTH = 14;

        private static int extra() {
            return WIDTH;
        }
    }

    /** Does not hold layers, but calls the model. */
    private static class Unit extends SequentialBlock {
        private final InnerAccess owner;

        Unit(int units, InnerAccess owner) {
            this.owner = owner;
            add(linear(units + this.owner.depth - owner.depth));
            add(Activation::relu);
        }
    }

    static Block linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private final class Plan implements Iterable<Integer> {
        private final Deque<Integer> queue = new ArrayDeque<>();
        private int last;

        Plan(int width) {
            for (int i = 0; i < depth; i++) {
                queue.add(width + i);
            }
            queue.add(EXTRA);
        }

        @Override
        public Iterator<Integer> iterator() {
            last = queue.getLast();
            return queue.iterator();
        }

        private class Step {
            private final int units;

            Step(int units) {
                this.units = units;
            }

            Block build() {
                return Plan.this.last == units && InnerAccess.this.plan == Plan.this ? linear(units) : null;
            }
        }
    }
}
