package acme;

/** Widths for networks. */
interface Widths {
    int FIRST = 12;
    int SECOND = FIRST + 2;

    default int third() {
        return SECOND + 1;
    }

    static int limit(int width) {
        return Math.max(width, FIRST);
    }
}
