/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What tells one thing from another: named values, as readers know them. */
public final class Fingerprint {

    private final Map<String, String> fields = new LinkedHashMap<>();

    /** Creates a fingerprint without fields. */
    public Fingerprint() {}

    /**
     * Adds a field.
     *
     * @param name its name for readers, such as {@code batch size}
     * @param value its value, told by its text
     * @return this
     */
    public Fingerprint add(String name, Object value) {
        fields.put(name, String.valueOf(value));
        return this;
    }

    /**
     * Returns a field.
     *
     * @param name its name
     * @return its value, or null if there is none
     */
    public String get(String name) {
        return fields.get(name);
    }

    /**
     * Compares this, of a checkpoint, with that of now.
     *
     * @param now the fingerprint of now
     * @return a text for each field that differs, with both values; none if all are the same
     */
    public List<String> getDifferences(Fingerprint now) {
        Set<String> names = new LinkedHashSet<>(fields.keySet());
        names.addAll(now.fields.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String then = fields.get(name);
            String today = now.fields.get(name);
            if (then == null) {
                differences.add("%s: none in the checkpoint, %s now".formatted(name, today));
            } else if (today == null) {
                differences.add("%s: %s in the checkpoint, none now".formatted(name, then));
            } else if (!then.equals(today)) {
                differences.add("%s: %s in the checkpoint, %s now".formatted(name, then, today));
            }
        }
        return differences;
    }

    /** Returns all fields, a line for each. */
    @Override
    public String toString() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Writes the fields.
     *
     * @param out where to write
     * @throws IOException if writing fails
     */
    public void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(fields.size());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            writeText(field.getKey(), out);
            writeText(field.getValue(), out);
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @param in where to read
     * @return the fingerprint
     * @throws IOException if reading fails
     */
    public static Fingerprint readFrom(DataInputStream in) throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            fingerprint.fields.put(readText(in), readText(in));
        }
        return fingerprint;
    }

    /** Texts of any length. */
    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
