package acme;

/** Not DJL's. */
public class Linear {
    int size() {
        return 1;
    }
}
