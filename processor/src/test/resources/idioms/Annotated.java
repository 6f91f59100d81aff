// makes new $(5, null)
// takes (1, 12)
package acme;

import ai.djl.ndarray.NDList;
import ai.djl.nn.*;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;
import java.lang.annotation.*;
import java.util.ArrayList;
import java.util.List;

/** Annotations and text blocks everywhere. */
@Packed
@Annotated.Doc(value = "the model", widths = {Annotated.WIDTH, 2}, kind = Linear.class)
public final class Annotated extends SequentialBlock {

    static final int WIDTH = 12;

    /** Not the attribute. */
    static final int widths = 3;

    static final String value = "not the attribute";

    static final String NAME = "n" + WIDTH;

    /** What something is. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER,
        ElementType.CONSTRUCTOR, ElementType.LOCAL_VARIABLE, ElementType.TYPE_USE,
        ElementType.TYPE_PARAMETER})
    public @interface Doc {
        String value() default "";

        int[] widths() default {};

        Class<?> kind() default Object.class;

        RetentionPolicy policy() default RetentionPolicy.CLASS;
    }

    @Doc(value = NAME, widths = widths) private final String text = """
        a "text" block with \
        one line, \t$T $L and \
        """ + value + """

          more
        \s
        """;

    @Doc
    public Annotated(@Doc(widths = {WIDTH, widths}) int classes, @Doc("none") String @Doc [] none) {
        @Doc(value = value, kind = Linear.class) final var units = WIDTH;
        @SuppressWarnings({"unused", "rawtypes"}) List raw = new @Doc ArrayList<@Doc String>();
        add(Linear.builder().setUnits(units).build());
        add((@Doc NDList x) -> Activation.relu(x));
        add(last(classes));
        if (!text.equals("a \"text\" block with one line, \t$T $L and not the attribute\n  more\n \n")) {
            throw new IllegalStateException(text);
        }
    }

    @Doc(policy = RetentionPolicy.SOURCE, kind = Doc.class)
    private static Block last(int classes) {
        return Linear.builder().setUnits(classes).build();
    }

    @Override
    @SuppressWarnings("unchecked")
    public String toString() {
        return super.toString();
    }
}
