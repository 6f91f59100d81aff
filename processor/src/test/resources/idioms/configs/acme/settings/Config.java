package acme.settings;

/** What a network looks like. */
public record Config(String name, Depth depth, int width, Activity activity) {

    /** How deep. */
    public enum Depth {
        FLAT,
        DEEP
    }

    /** Without activation. */
    public Config(String name, Depth depth, int width) {
        this(name, depth, width, Activity.NONE);
    }

    /** The same with an activation. */
    public Config with(Activity activity) {
        return new Config(name, depth, width, activity);
    }

    @Override
    public String toString() {
        return name;
    }
}
