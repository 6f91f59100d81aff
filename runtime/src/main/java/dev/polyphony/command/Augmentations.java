/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.augment.AugMix;
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.data.augment.Cutout;
import dev.polyphony.data.augment.HorizontalFlip;
import dev.polyphony.data.augment.PixelMix;
import dev.polyphony.data.augment.RandomCrop;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code crop=4,flip,cutmix=1:0.5}: augmentations, one after the other. */
final class Augmentations implements ITypeConverter<Augmentation> {

    /** What stands in a help: what there is, in an order that makes sense. */
    static final String CHOICE =
            "augmix[=SEVERITY[:CONSISTENCY]], crop=PIXELS, flip[=PROBABILITY], cutout=PIXELS,"
                    + " mixup=ALPHA[:PROBABILITY] or cutmix=ALPHA[:PROBABILITY]";

    private static final Pattern ONE =
            Pattern.compile("([a-z]+)(?:=(\\d{1,9}(?:\\.\\d+)?)(?::(\\d{1,3}(?:\\.\\d+)?))?)?");
    private static final double HALF = 0.5;
    private static final int SEVERITY = 3;

    /** {@inheritDoc} */
    @Override
    public Augmentation convert(String text) {
        Augmentation[] inOrder =
                Arrays.stream(text.split(",", -1))
                        .map(one -> read(one.strip()))
                        .toArray(Augmentation[]::new);
        return inOrder.length == 1 ? inOrder[0] : Augmentation.of(inOrder);
    }

    private static Augmentation read(String text) {
        Matcher one = ONE.matcher(text);
        if (!one.matches()) {
            throw unknown(text);
        }
        String name = one.group(1);
        String number = one.group(2);
        String second = one.group(3);
        if (second != null && !List.of("mixup", "cutmix", "augmix").contains(name)) {
            throw unknown(text);
        }
        try {
            return switch (name) {
                case "crop" -> RandomCrop.of(Integer.parseInt(require(number)));
                case "flip" ->
                        HorizontalFlip.of(number == null ? HALF : Double.parseDouble(number));
                case "cutout" -> Cutout.of(Integer.parseInt(require(number)));
                case "mixup", "cutmix" -> {
                    double alpha = Double.parseDouble(require(number));
                    PixelMix mix =
                            name.equals("mixup") ? PixelMix.mixup(alpha) : PixelMix.cutMix(alpha);
                    yield second == null ? mix : mix.probability(Double.parseDouble(second));
                }
                case "augmix" ->
                        AugMix.of(0, 1)
                                .severity(number == null ? SEVERITY : Integer.parseInt(number))
                                .consistency(second == null ? 0 : Double.parseDouble(second));
                default -> throw unknown(text);
            };
        } catch (NumberFormatException e) {
            throw unknown(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "': " + e.getMessage());
        }
    }

    private static String require(String number) {
        if (number == null) {
            throw new NumberFormatException("none");
        }
        return number;
    }

    private static TypeConversionException unknown(String text) {
        return new TypeConversionException("'" + text + "' is no augmentation: use " + CHOICE);
    }
}
