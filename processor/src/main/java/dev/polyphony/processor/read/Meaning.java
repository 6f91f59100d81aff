/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.model.TypeRef;
import javax.lang.model.element.TypeElement;

/** What a simple name means. */
sealed interface Meaning {

    /** A variable; its type is null where it is not known. */
    record Variable(javax.lang.model.type.TypeMirror type) implements Meaning {}

    /** A type that the body itself declares without a canonical name, or a type variable. */
    record Plain() implements Meaning {}

    /** A class. */
    record Type(TypeElement element) implements Meaning {}

    /** A class that this compilation will generate. */
    record Upcoming(TypeRef type) implements Meaning {}

    /** None that is known. */
    record Unknown() implements Meaning {}
}
