// makes new $(5)
// takes (1, 3, 8, 8)
/* A header. */
package /* here */ acme; // the package

import ai.djl.ndarray.types.Shape; // shapes
import ai.djl.nn./* all */ *;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
/* import nothing.At.All; */
import dev.polyphony.Packed;

/** Comments everywhere: { even braces. */
@Packed /* packed { */ // {
public /* { */ final class Comments /* no {@code generics} */ extends /* really */ SequentialBlock // {
/* the body */ { /* begins { */
    // first } of all
    /* a field */ private /* still */ int /* one */ units /* = 2 */ = /* } */ 12; // units = 12; }

    /** Documented, but a method. */
    // and a comment between
    private /* block */ Block /* named */ pool() /* no throws */ { // {
        /* odd, but legal **/
        return Blocks./* flat */batchFlattenBlock(/* nothing */) /* ; */ ; // done
    }

    // before the constructor
    /** Creates it. */ // after the documentation
    /* and before the modifiers */ public /* public Comments */ Comments(/* how many */ int classes /* of them */)
    // the body follows
    {
        // } not the end
        add(
                // the first layer
                Conv2d // Conv2d.builder()
                        .builder() // with a builder
                        // public kernel
                        .setKernelShape(new /* ai.djl.ndarray.types. */ Shape(3, /* x */ 3))
                        /* before the dot */ .setFilters(units) . /* after the dot */ optBias(false)
                        .build( /* it */ )); // "strings" in comments: '
        add(BatchNorm/**/./**/builder/**/()/**/.build());
        add(/* -> */ Activation /* :: */ :: /* relu */ relu);
        String tricky = "// no comment /* nor here", quote = "\"/*"; char c = '"', d = '\''; /* " */
        if (tricky.length() + quote.length() + c + d > 0) // if
            add(pool()); // then
        else /* else */ throw new IllegalStateException(/* why */);
        /* Linear.builder() */ add(Linear.builder(/* none */).setUnits(classes).build()); /*
           several
             lines */

        // at the end
    }
    // after all
    /* } */
} // end
// of file
