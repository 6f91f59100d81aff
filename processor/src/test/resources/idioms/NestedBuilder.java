// makes $.builder().setClasses(5).optWidth(14).build()
// takes (1, 12)
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;

/** A model with a builder, as DJL's own blocks have them. */
@Packed
@SuppressWarnings("this-escape")
public class NestedBuilder extends SequentialBlock {

    /** Creates it from a {@link Builder}; see {@link Builder#setClasses(int)}. */
    protected NestedBuilder(Builder builder) {
        add(Blocks.batchFlattenBlock());
        add(unit(new Unit().wide(builder.width)));
        add(Linear.builder().setUnits(builder.classes).build());
    }

    private static SequentialBlock unit(Unit unit) {
        return new SequentialBlock().add(unit.build()).add(Activation.reluBlock());
    }

    /** Creates a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** How a unit is built. */
    private static final class Unit {
        private int width = 10;

        Unit wide(int width) {
            this.width = width;
            return this;
        }

        Linear build() {
            return Linear.builder().setUnits(width).build();
        }
    }

    /** The builder. */
    public static final class Builder {
        int classes;
        int width = 16;

        Builder() {}

        /** Sets the number of classes. */
        public Builder setClasses(int classes) {
            this.classes = classes;
            return this;
        }

        /** Sets the width. */
        public Builder optWidth(int width) {
            this.width = width;
            return this;
        }

        /** Builds the model. */
        public NestedBuilder build() {
            return new NestedBuilder(this);
        }
    }
}
