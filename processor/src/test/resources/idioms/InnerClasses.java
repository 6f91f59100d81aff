// makes new $(5)
// takes (1, 12)
package acme;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Packed;
import java.util.ArrayList;
import java.util.List;

/** Inner and local types. */
@Packed
public final class InnerClasses extends SequentialBlock {

    private int width = 12;
    private final List<Inner> inners = new ArrayList<>();

    public InnerClasses(int classes) {
        record Layer(int units, boolean active) {
            Layer {
                if (units < 1) {
                    throw new IllegalArgumentException();
                }
            }

            Layer(int units) {
                this(units, true);
            }

            Block block() {
                Block linear = Linear.builder().setUnits(units).build();
                return active() ? new SequentialBlock().add(linear).add(Activation::relu) : linear;
            }
        }
        enum Size {
            SMALL(12),
            LARGE(16) {
                @Override
                int units() {
                    return super.units() + 1;
                }
            };

            private final int units;

            Size(int units) {
                this.units = units;
            }

            int units() {
                return units;
            }
        }
        interface Source {
            Layer next(Size size);

            default Layer wide() {
                return next(Size.LARGE);
            }
        }
        class Local implements Source {
            private final int extra = classes;

            @Override
            public Layer next(Size size) {
                return new Layer(size.units() + extra + width);
            }
        }
        Source source = new Local();
        add(source.next(Size.SMALL).block()).add(source.wide().block());
        width = 12;
        add(new Layer(width, false).block());
        for (int i = 0; i < 2; i++) {
            Inner inner = this.new Inner();
            inners.add(inner);
            add(inner);
        }
        add(new Inner.Deep(classes));
    }

    private int getWidth() {
        return width;
    }

    private class Inner extends AbstractBlock {
        private final Linear linear;
        final int units = InnerClasses.this.getWidth();

        Inner() {
            linear = addChildBlock("linear", Linear.builder().setUnits(width).build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore ps, NDList in, boolean training, PairList<String, Object> params) {
            return Activation.relu(linear.forward(ps, in, training, params));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] in) {
            return linear.getOutputShapes(in);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... in) {
            linear.initialize(manager, type, in);
            if (in[0].get(1) != units) {
                throw new IllegalStateException();
            }
        }

        static class Deep extends SequentialBlock {
            Deep(int units) {
                add(Linear.builder().setUnits(units).build());
            }
        }
    }
}
