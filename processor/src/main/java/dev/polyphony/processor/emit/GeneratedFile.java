/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;

/**
 * A generated source file.
 *
 * @param file the file
 */
record GeneratedFile(JavaFile file) {

    private static final String BEGIN = "// <body>";
    private static final String END = "// </body>";

    /**
     * Puts members as code into a class. JavaPoet has no place for such code but an initializer
     * block; the block around it is taken away when the file is printed.
     */
    static void addMembers(TypeSpec.Builder type, CodeBlock members) {
        type.addStaticBlock(
                CodeBlock.builder().add("$L\n$<", BEGIN).add(members).add("$>$L\n", END).build());
    }

    /** Prints the file. */
    String print() {
        List<String> lines = new ArrayList<>();
        List<String> printed = file.toString().lines().toList();
        boolean skip = false;
        for (String line : printed) {
            String text = line.strip();
            if (skip) {
                skip = false; // the brace that closes the block
            } else if (text.equals(BEGIN)) {
                lines.remove(lines.size() - 1); // the line that opens the block
            } else if (text.equals(END)) {
                skip = true;
            } else {
                lines.add(line);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** Writes the file through the compiler. */
    void write(Filer filer) throws IOException {
        String name = file.typeSpec().name();
        String qualifiedName =
                file.packageName().isEmpty() ? name : file.packageName() + "." + name;
        Element[] origin = file.typeSpec().originatingElements().toArray(Element[]::new);
        try (Writer writer = filer.createSourceFile(qualifiedName, origin).openWriter()) {
            writer.write(print());
        }
    }
}
