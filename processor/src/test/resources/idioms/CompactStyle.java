// makes new $(12,5)
// takes (1, 12)
package acme;
import ai.djl.nn.*;import ai.djl.nn.core.*;import dev.polyphony.*;
/** Little white space. */
@Packed public final class CompactStyle extends SequentialBlock{int n=0;
public CompactStyle(int w,int c){super();add(lin(w)).add(Activation::relu);add(lin(c));}
private Block lin(int u){n++;return Linear.builder().setUnits(u).build();}
static int two(){return 2;}enum E{A,B}
}
