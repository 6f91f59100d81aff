package two;

/** Settings that are called as a model is. */
public record Net(int width) {

    public enum Size {
        SMALL,
        LARGE
    }
}
