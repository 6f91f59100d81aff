// makes new $(5)
// takes (1, 12)
// named Größe
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;

/** Ein Netz, das auch „Umlaute“ und 日本語 kennt. */
@Packed
public final class Größe extends SequentialBlock {

    private static final String NAME = "naïve \u00e9t\u00e9 ☃ \uD83D\uDE00 😀";
    private static final int br\u0065ite = 12;

    /** Für {@code klassenzahl} Klassen. */
    public Größe(int klassenzahl) {
        this(klassenzahl, br\u0065ite);
    }

    p\u0075blic Gr\u00f6\u00dfe(int klassenzahl, int größe) {
        add(dicht(größe)).add(Activation::relu).add(/* \u00fcber */ L\u0069near.builder().setUnits(gr\u00f6\u00dfe + 1).build());
        add(new Schicht(klassenzahl, größe));
        int ai = NAME.length(), 日 = ai, Linear = 日;
        if (Linear < 0) throw new AssertionError('\u0041' + "\u005c"" + '\\' + '\u005c'');
    }

    static Block dicht(int größe) {
        return Linear.builder().setUnits(größe).build();
    }

    private static class Schicht extends SequentialBlock {
        Schicht(int größe, int \u00fcber) {
            add(Gr\u00f6\u00dfe.dicht(\u00fcber)).add(Größe.dicht(größe));
        }
    }
}
