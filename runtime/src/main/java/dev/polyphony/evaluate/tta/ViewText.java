/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.tta;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads views from text. */
final class ViewText {

    private static final Pattern CALL = Pattern.compile("([a-z-]+)(?:\\(([^()]*)\\))?");

    private ViewText() {}

    static View parse(String text) {
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            throw unknown(text, null);
        }
        double[] numbers;
        try {
            numbers =
                    call.group(2) == null
                            ? new double[0]
                            : Arrays.stream(call.group(2).split(","))
                                    .mapToDouble(Double::parseDouble)
                                    .toArray();
        } catch (NumberFormatException e) {
            throw unknown(text, e);
        }
        return switch (call.group(1) + "/" + numbers.length) {
            case "identity/0" -> View.identity();
            case "flip/0" -> View.flip();
            case "flip-vertical/0" -> View.flipVertical();
            case "shift/2" -> View.shift(numbers[0], numbers[1]);
            case "rotate/1" -> View.rotate(numbers[0]);
            case "crop/3" -> View.crop(numbers[0], numbers[1], numbers[2]);
            default -> throw unknown(text, null);
        };
    }

    private static IllegalArgumentException unknown(String text, Exception cause) {
        return new IllegalArgumentException(
                "There is no view '%s': choose identity, flip, flip-vertical, shift(right, down), rotate(degrees), crop(share, right, down), or several joined by +"
                        .formatted(text),
                cause);
    }
}
