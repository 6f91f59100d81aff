// makes new $(new acme.settings.Config("c", acme.settings.Config.Depth.DEEP, 12).with(acme.settings.Activity.RELU), new Configured.Head(5))
// takes (1, 12)
package acme;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import acme.settings.Activity;
import acme.settings.Config;
import acme.settings.Described;
import dev.polyphony.Packed;

/** Settings as records and enums, here and in other files. */
@Packed
public final class Configured extends SequentialBlock implements Described<Config> {

    /** The last layer. */
    public record Head(int units, boolean bias) {

        /** Widths are positive. */
        public Head {
            if (units <= 0) {
                throw new IllegalArgumentException("units");
            }
        }

        /** With a bias. */
        public Head(int units) {
            this(units, true);
        }
    }

    /** What the layers are. */
    private enum Kind {
        PLAIN {
            @Override
            Block make(int units) {
                return Linear.builder().setUnits(units).build();
            }
        },
        TWICE {
            @Override
            Block make(int units) {
                return new SequentialBlock().add(PLAIN.make(units)).add(PLAIN.make(units));
            }
        };

        abstract Block make(int units);
    }

    private sealed interface Part permits Hidden, Last {}

    private record Hidden(Kind kind, int units) implements Part {}

    private record Last(Head head) implements Part {}

    private final Config config;

    public Configured(Config config, Head head) {
        this.config = config;
        Kind kind = switch (config.depth()) {
            case FLAT -> Kind.PLAIN;
            case DEEP -> Kind.TWICE;
        };
        for (Part part : new Part[] {new Hidden(kind, config.width()), new Last(head)}) {
            if (part instanceof Hidden hidden) {
                add(hidden.kind().make(hidden.units())).add(config.activity().block());
            } else if (part instanceof Last last && last.head().units() > 0) {
                add(Linear.builder().setUnits(last.head().units()).optBias(last.head.bias()).build());
            }
        }
        if (!describe().endsWith("c!")) {
            throw new IllegalStateException(describe());
        }
    }

    @Override
    public Config subject() {
        return config;
    }

    @Override
    public String describe() {
        return Described.super.describe() + "!";
    }
}
