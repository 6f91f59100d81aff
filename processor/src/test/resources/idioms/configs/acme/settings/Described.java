package acme.settings;

/** Something with a description. */
public interface Described<T> {

    T subject();

    default String describe() {
        return "a " + subject();
    }
}
