/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

/** Moves the pixels of images: each is read from between the pixels of another place. */
final class Sampling {

    private Sampling() {}

    /** Tells where the pixel of a row and a column is read from. */
    @FunctionalInterface
    interface Source {

        /**
         * Finds the place.
         *
         * @param y the row
         * @param x the column
         * @param place filled with row and column of the place
         */
        void find(int y, int x, double[] place);
    }

    /** Reads all channels from other places, bilinearly; beyond its edges the image is mirrored. */
    static Pixels move(Pixels image, Source source) {
        int height = image.height();
        int width = image.width();
        float[][] moved = new float[image.planes().length][image.area()];
        double[] place = new double[2];
        for (int i = 0; i < image.area(); i++) {
            source.find(i / width, i % width, place);
            int top = (int) Math.floor(place[0]);
            int left = (int) Math.floor(place[1]);
            double partY = place[0] - top;
            double partX = place[1] - left;
            int first = Kernel.mirrored(top, height) * width;
            int second = Kernel.mirrored(top + 1, height) * width;
            int near = Kernel.mirrored(left, width);
            int far = Kernel.mirrored(left + 1, width);
            for (int c = 0; c < moved.length; c++) {
                float[] plane = image.planes()[c];
                double above = plane[first + near] * (1 - partX) + plane[first + far] * partX;
                double below = plane[second + near] * (1 - partX) + plane[second + far] * partX;
                moved[c][i] = (float) (above * (1 - partY) + below * partY);
            }
        }
        return new Pixels(moved, height, width);
    }

    /** Enlarges about the centre. */
    static Pixels zoom(Pixels image, double factor) {
        double middleY = (image.height() - 1) / 2.0;
        double middleX = (image.width() - 1) / 2.0;
        return move(
                image,
                (y, x, place) -> {
                    place[0] = middleY + (y - middleY) / factor;
                    place[1] = middleX + (x - middleX) / factor;
                });
    }

    /** Turns about the centre, against the clock. */
    static Pixels rotate(Pixels image, double degrees) {
        double middleY = (image.height() - 1) / 2.0;
        double middleX = (image.width() - 1) / 2.0;
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return move(
                image,
                (y, x, place) -> {
                    place[0] = middleY + sin * (x - middleX) + cos * (y - middleY);
                    place[1] = middleX + cos * (x - middleX) - sin * (y - middleY);
                });
    }

    /** Shifts down and to the right. */
    static Pixels shift(Pixels image, double down, double right) {
        return move(
                image,
                (y, x, place) -> {
                    place[0] = y - down;
                    place[1] = x - right;
                });
    }
}
