package acme.settings;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import java.util.function.UnaryOperator;

/** Activations. */
public enum Activity {
    NONE(x -> x),
    RELU(Activation::relu);

    private final UnaryOperator<NDList> function;

    Activity(UnaryOperator<NDList> function) {
        this.function = function;
    }

    /** The function as a block's. */
    public java.util.function.Function<NDList, NDList> block() {
        return function;
    }
}
