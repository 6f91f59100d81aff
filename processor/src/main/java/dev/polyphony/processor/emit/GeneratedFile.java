/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/**
 * A generated source file.
 *
 * @param file the file
 */
record GeneratedFile(JavaFile file) {

    private static final String BEGIN = "// <body>";
    private static final String END = "// </body>";

    private static final String TEXT_BLOCK = "\"\"\"";

    private static final int COLUMNS = 100;

    /** The line that opens a class of ours. */
    private static final Pattern CLASS_HEADER =
            Pattern.compile("(?: {4})?(?:public |private |static |final )*class \\S.* \\{");

    /** The first line of a method's header that goes on. */
    private static final Pattern BROKEN_HEADER =
            Pattern.compile(" {4}(?!.* FORM =)[^ /*@}].*\\(.*(?<![;{])");

    /** The line that opens a constructor without parameters. */
    private static final Pattern EMPTY_CONSTRUCTOR = Pattern.compile(" *public \\w+\\(\\) \\{");

    /**
     * Puts members as code into a class. JavaPoet has no place for such code but an initializer
     * block; the block around it is taken away when the file is printed.
     */
    static void addMembers(TypeSpec.Builder type, CodeBlock members) {
        type.addStaticBlock(
                CodeBlock.builder().add("$L\n$<", BEGIN).add(members).add("$>$L\n", END).build());
    }

    /** Puts members as code into a class, behind its constructors. */
    static void addMethods(TypeSpec.Builder type, CodeBlock members) {
        type.addMethod(
                MethodSpec.methodBuilder("members")
                        .addModifiers(Modifier.STATIC)
                        .addCode("$L\n$<", BEGIN)
                        .addCode(members)
                        .addCode("$>$L\n", END)
                        .build());
    }

    /**
     * Prints the file: without the blocks around members, short comments and empty constructors in
     * one line. What looks like them within a text block is the user's text.
     */
    String print() {
        List<String> lines = unwrapped();
        StringBuilder text = new StringBuilder();
        boolean isText = false;
        int next = 0;
        while (next < lines.size()) {
            String line = lines.get(next);
            boolean wasText = isText;
            isText = isTextAfter(line, isText);
            if (wasText) {
                text.append(line).append('\n');
                next++;
                continue;
            }
            if (isShortComment(lines, next)) {
                line += lines.get(next + 1).strip().substring(1) + " */";
                next += 2;
            } else if (isEmptyConstructor(lines, next)) {
                line += "}";
                next++;
            }
            text.append(line).append('\n');
            next++;
        }
        return text.toString();
    }

    /** Whether a text block goes on after a line. */
    private static boolean isTextAfter(String line, boolean isText) {
        String code = line.strip();
        if (!isText && (code.startsWith("//") || code.startsWith("/*") || code.startsWith("*"))) {
            return false;
        }
        boolean after = isText;
        int at = line.indexOf(TEXT_BLOCK);
        while (at >= 0) {
            boolean isEscaped = after && at > 0 && line.charAt(at - 1) == '\\';
            after ^= !isEscaped;
            at = line.indexOf(TEXT_BLOCK, at + TEXT_BLOCK.length());
        }
        return after;
    }

    /** Whether a Javadoc comment begins that has one line of text, and no tag. */
    private static boolean isShortComment(List<String> lines, int first) {
        String line = lines.get(first);
        if (first + 2 >= lines.size() || !line.endsWith("/**") || !line.strip().equals("/**")) {
            return false;
        }
        String text = lines.get(first + 1).strip();
        return text.startsWith("* ")
                && !text.startsWith("* @")
                && lines.get(first + 2).strip().equals("*/")
                && line.length() + text.length() - 1 + " */".length() <= COLUMNS;
    }

    /** Whether a constructor of ours begins that has no statements. */
    private static boolean isEmptyConstructor(List<String> lines, int first) {
        return lines.get(first).endsWith("() {")
                && EMPTY_CONSTRUCTOR.matcher(lines.get(first)).matches()
                && lines.get(first + 1).strip().equals("}");
    }

    private List<String> unwrapped() {
        List<String> lines = new ArrayList<>();
        StringBuilder header = new StringBuilder(); // of a method, which JavaPoet breaks
        List<String> printed = file.toString().lines().toList();
        boolean skip = false;
        boolean isUsers = false;
        for (String line : printed) {
            String text = line.strip();
            isUsers = text.equals(BEGIN) || isUsers && !text.equals(END);
            if (skip) {
                skip = false; // the brace that closes the block
            } else if (text.equals(BEGIN)) {
                lines.remove(lines.size() - 1); // the line that opens the block
            } else if (text.equals(END)) {
                skip = true;
            } else if (isUsers) {
                lines.add(line.stripTrailing());
            } else if (header.length() > 0 || BROKEN_HEADER.matcher(line).matches()) {
                header.append(header.length() > 0 ? text : line);
                if (text.endsWith("{")) {
                    lines.addAll(LongLines.broken(header.toString()));
                    header.setLength(0);
                } else if (!text.endsWith("(")) {
                    header.append(' ');
                }
            } else {
                lines.addAll(LongLines.broken(line.stripTrailing()));
                if (CLASS_HEADER.matcher(line).matches()) {
                    lines.add("");
                }
            }
        }
        return lines;
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
