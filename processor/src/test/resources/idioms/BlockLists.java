// makes new $(5)
// takes (1, 12)
package acme;

import ai.djl.ndarray.*;
import ai.djl.nn.*;
import ai.djl.nn.core.*;
import dev.polyphony.*;
import java.util.*;

/** Blocks in lists, arrays and maps. */
@Packed
public final class BlockLists extends SequentialBlock {

    private final List<Block> hidden = new ArrayList<>();
    private final Map<String, Block> named = new LinkedHashMap<>();
    private final Linear[] heads;

    public BlockLists(int classes) {
        List<Block> blocks = new ArrayList<>();
        for (var width : List.of(16, 12)) {
            var linear = Linear.builder().setUnits(width).build();
            blocks.add(linear);
            blocks.add(Activation.reluBlock());
            hidden.add(linear);
        }
        addAll(blocks);
        Block[] more = {Linear.builder().setUnits(12).build(), new LambdaBlock(Activation::relu)};
        addAll(more);
        addAll(new Block[] {Linear.builder().setUnits(15).build()});
        heads = new Linear[2];
        Arrays.setAll(heads, i -> Linear.builder().setUnits(i == 0 ? 11 : classes).build());
        addAll(heads);
        named.put("first", heads[0]);
        named.computeIfAbsent("second", key -> heads[1]);
        Collections.addAll(hidden, heads);
        Iterator<Block> all = hidden.iterator();
        while (all.hasNext()) {
            if (all.next() instanceof Linear linear && linear == heads[1]) {
                all.remove();
            }
        }
        removeLastBlock();
        add(named.get("second"));
    }

    /** The heads. */
    public Linear[] getHeads() {
        return heads.clone();
    }

    public List<? extends Block> getHidden() { return Collections.unmodifiableList(hidden); }
}
