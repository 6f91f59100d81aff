/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;

/** Objects as bytes, for a process of the same class path. DJL's plain values go along. */
final class ObjectFile {

    private ObjectFile() {}

    /**
     * Writes an object.
     *
     * @throws NotSerializableException names the class of what cannot be written
     */
    static byte[] write(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new Out(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    static Object read(byte[] bytes) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("A class is missing: " + e.getMessage(), e);
        }
    }

    private record Axes(long[] sizes, String layout) implements Serializable {

        private Object readResolve() {
            return new Shape(sizes, layout);
        }
    }

    private record DeviceName(String type, int id) implements Serializable {

        private Object readResolve() {
            return Device.of(type, id);
        }
    }

    private static final class Out extends ObjectOutputStream {

        Out(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            if (object instanceof Shape shape) {
                return new Axes(shape.getShape(), shape.toLayoutString());
            }
            return object instanceof Device device
                    ? new DeviceName(device.getDeviceType(), device.getDeviceId())
                    : object;
        }
    }
}
