/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import java.util.List;

/** Statements and members of models with one mistake each, at a line {@code here}, and without. */
final class JavaMistakeCases {

    private JavaMistakeCases() {}

    /** What the cases make use of. */
    static final String OTHERS =
            """
            private final int field = 1;
            static final int CONSTANT = 1;
            int width() { return 1; }
            static void nothing() {}
            private static Net make() { return new Net(); }
            static <T> T pick(T one) { return one; }
            static int read() throws java.io.IOException { return 1; }
            class Inner {}
            static class Unit {
                final int size;
                Unit(int size) { this.size = size; }
                Object depth() { return size; }
            }
            interface Depth { int depth(); default boolean isDeep() { return depth() > 1; } }
            enum Kind { ONE, TWO { @Override int f() { return 2; } }; int f() { return ordinal(); } }
            """;

    static final List<String> STATEMENTS =
            List.of(

                    // members that are private elsewhere
                    "new Math();",
                    "Object a = new java.util.Objects();",
                    "Object a = \"\".hash;",
                    "new java.util.ArrayList<String>().grow();",

                    // values of other types
                    "int a = \"text\";",
                    "int a = null;",
                    "String a = 3;",
                    "int a = 1L;",
                    "float a = 0.1;",
                    "int a = new Shape(1, 2).get(1);",
                    "int a = new Shape(1, 2).get(1) * 2 + CONSTANT;",
                    "Linear a = Linear.builder();",
                    "String a = width();",
                    "boolean a = width();",
                    "int a = width() > 1;",
                    "int a = 1 + \"\";",
                    "Integer a = 'a' + 1L;",
                    "int a; a = \"text\";",
                    "int a = nothing();",
                    "var a = nothing();",
                    "int a = (long) 1;",
                    "if (width()) {}",
                    "while (\"\") {}",
                    "for (; width(); ) {}",
                    "do {} while (CONSTANT);",
                    "int a = width() ? 1 : 2;",
                    "boolean a = width() && true;",
                    "int a = 3 * \"3\";",
                    "boolean a = new Object() > 1;",
                    "CONSTANT.length();",
                    "int a = 1; a.b = 2;",
                    // variables
                    "int a = 1; int a = 2;",
                    "int a = 1; for (int a = 0; a < 1; a++) {}",
                    "int a = 1; UnaryOperator<Integer> f = a -> a;",
                    "Object a = 1; try { read(); } catch (java.io.IOException a) {}",
                    "for (int i = 0; i < 3; i++) {} add(Linear.builder().setUnits(i).build());",
                    "{ int a = 1; } System.out.println(a);",
                    "if (true) { int a = 1; } a++;",
                    "a = 1; int a;",
                    "final int a = 1; a = 2;",
                    "for (final int a : new int[1]) { a++; }",
                    "int a = 1; a = 2; IntSupplier f = () -> a;",
                    "for (int i = 0; i < 3; i++) { add(new LambdaBlock(x -> new NDList(x.get(i))));"
                            + " }",
                    "int a = 1; Runnable f = () -> a++;",
                    "int a; Runnable f = () -> { a = 1; };",
                    "int a; System.out.println(a);",
                    // ends
                    "return; int a = 1;",
                    "throw new RuntimeException(); add(null);",
                    "while (true) {} add(null);",
                    "for (;;) { break; add(null); }",
                    "return 1;",
                    "break;",
                    "continue;",
                    "switch (1) { default: continue; }",
                    "IntSupplier f = () -> { if (width() > 1) { return 1; } };",
                    // exceptions
                    "throw new java.io.IOException();",
                    "throw new Exception(\"text\");",
                    "read();",
                    "new java.io.FileReader(\"\");",
                    "try { read(); } catch (java.io.FileNotFoundException e) {}",
                    "try { width(); } finally { read(); }",
                    // classes
                    "new Depth() {};",
                    "new AbstractBlock() { };",
                    "new Depth();",
                    "new Unit(1) { @Override Object dpeth() { return 1; } };");

    static final List<String> MEMBERS =
            List.of(
                    "private int mistake = \"text\"; // here",
                    "private int mistake = read(); // here",
                    "static int mistake() { return width(); } // here",
                    "static int mistake() { return field; } // here",
                    "static Object mistake() { return this; } // here",
                    "static Object mistake() { return new Inner(); } // here",
                    "static Object mistake = super.toString(); // here",
                    "public Net(int a) { this(a, a); } // here",
                    "public Net(Object a) { this(); width(a); } // here",
                    "int mistake(int a) { if (a > 1) { return a; }\n} // here",
                    "int mistake(int a) { while (a > width()) { a--; }\n} // here",
                    "int mistake(String a) { switch (a) { case \"\": return 1; }\n} // here",
                    "int mistake(int a) { switch (a) { case 1: return 1; default: break; }\n"
                            + "} // here",
                    "int mistake() { return \"text\"; } // here",
                    "int mistake() { return; } // here",
                    "void mistake() { return 1; } // here",
                    "int mistake(int a) { int a = 1; return a; } // here",
                    "@Override public String tosTring() { return \"\"; } // here",
                    "@Override String toString() { return \"\"; } // here",
                    "static class Mistake implements Depth { int deep() { return 1; } } // here",
                    "static class Mistake extends Unit { } // here",
                    "static class Mistake extends Unit { Mistake() { width(); } // here\n"
                            + " void width() {} }",
                    "static class Mistake extends Unit { Mistake() { super(\"\"); } } // here",
                    "static class Mistake extends AbstractBlock { } // here",
                    "record Mistake(int a) implements Depth { } // here",
                    "static { return; } // here",
                    "static class Mistake { final int mistake; Mistake() {} } // here",
                    "final int mistake = 1; void set() { mistake = 2; } // here",
                    "final int mistake = 1; void set() { this.mistake = 2; } // here",
                    "static final Object MISTAKE = 1; { MISTAKE = 2; } // here",
                    "static class Mistake extends Unit { Mistake() { super(1); size = 2; } } //"
                            + " here");

    /** What looks wrong to those who do not look closely. */
    static final List<String> RIGHT_STATEMENTS =
            List.of(
                    "Net a = Net.make(); int b = a.field + new Net().field; Unit c = new"
                            + " Unit(a.field);",
                    "class Own { private int a; private Own() {} private int f() { return a; } }"
                            + " Own b = new Own(); int c = b.f() + b.a + new Own() {}.hashCode();",
                    "byte a = 1; short b = 'a'; char c = 65; Byte d = 1; final int e = 3; byte f ="
                            + " e;",
                    "long a = 1; float b = 1L; double c = 'a'; Object d = 1; Number e = 1.5f;",
                    "Comparable<String> a = \"\"; CharSequence b = \"\" + 1; Integer c = width();"
                            + " int d = c;",
                    "Object a = 1 + \"\"; String b = 'a' + \"\"; b += 1; int d = 1; d += 1.5; d <<="
                            + " 2L;",
                    "int a = pick(1); String b = pick(\"\"); boolean c = pick(true); if (pick(c))"
                            + " {}",
                    "Boolean a = true; if (a) {} while (!a && a) {} int b = a ? 1 : 2; Integer c ="
                            + " 1; b = c * 2 - c / 3; boolean d = c > b;",
                    "List<Unit> a = new ArrayList<>(); Collection<?> b = List.of(); Iterable<Unit>"
                            + " c = a;",
                    "int[] a = {1, 2}; long b = a[0]; int c = a.length; Object d = a;",
                    "int a = 1; { int b = a; } { int b = 2; } for (int b = 0; b < 2; b++) {}"
                            + " for (int b : new int[1]) {}",
                    "Runnable f = () -> { int a = 1; }; int a = 2; Runnable g = () -> { int b = 1;"
                            + " };",
                    "int a = 1; new Object() { int a = 2; void f() { int a = 3; a++; } void g(int"
                            + " a) {} };",
                    "int a = 1; class Local { int a = 2; int f(int a) { this.a = a; return a; } }",
                    "try (java.io.StringReader a = new java.io.StringReader(\"\")) { a.ready(); }"
                            + " catch (java.io.IOException e) { int a = 1; } finally { int a = 2; }",
                    "int a; if (width() > 1) { a = 1; } else { a = 2; } IntSupplier f = () -> a;",
                    "final int a; a = width(); IntSupplier f = () -> a; int b = f.getAsInt();",
                    "for (int a : new int[3]) { IntSupplier f = () -> a; }",
                    "for (int i = 0; i < 3; i++) { int a = i; add(new LambdaBlock(x -> x.size() > a"
                            + " ? x : x)); }",
                    "int a = 1; a++; int b = a; IntSupplier f = () -> b;",
                    "IntUnaryOperator f = a -> { a++; return a; }; int a = 1;",
                    "Object o = 1; if (o instanceof Integer a && a > 1) {} if (o instanceof Long a)"
                            + " {}",
                    "switch (1) { case 1: int a = 1; break; case 2: a = 2; break; default: a = 3;"
                            + " }",
                    "Kind k = Kind.ONE; switch (k) { case ONE: break; default: }",
                    "int a = switch (Kind.ONE) { case ONE: yield 1; case TWO: int b = 2; yield b;"
                            + " };",
                    "outer: for (;;) { for (;;) { break outer; } }",
                    "outer: { if (width() > 1) { break outer; } width(); }",
                    "while (true) { if (width() > 0) { break; } } do { continue; } while (width() >"
                            + " 1);",
                    "while (CONSTANT > 0) { break; } for (int i = 0; ; i++) { if (i > 1) return; }",
                    "if (true) { return; } width();",
                    "try { read(); } catch (java.io.IOException | RuntimeException e) { return; }"
                            + " width();",
                    "try { throw new Exception(); } catch (Exception e) { width(); } finally {"
                            + " width(); }",
                    "try { read(); } catch (Exception e) { throw new IllegalStateException(e); }",
                    "java.util.concurrent.Callable<Integer> f = () -> read(); Object o = 1;",
                    "java.util.concurrent.Callable<Object> f = () -> { throw new Exception(); };",
                    "Runnable f = () -> { throw new RuntimeException(); }; Runnable g = () -> {"
                            + " while (true) {} };",
                    "IntSupplier f = () -> { throw new RuntimeException(); }; IntSupplier g ="
                            + " () -> { while (true) {} };",
                    "Supplier<Object> f = () -> { try { return read(); } catch (Exception e) {"
                            + " return 1; } };",
                    "try { new Object() { { read(); } int a = read(); }; } catch (Exception e) {}",
                    "new Unit(1) { @Override Object depth() { return 2; } }.depth();",
                    "Depth a = () -> 1; new Depth() { @Override public int depth() { return 1; }"
                            + " }.isDeep();",
                    "new Comparator<Unit>() { @Override public int compare(Unit a, Unit b) { return"
                            + " 1; } };",
                    "new Inner(); Net.make().new Inner(); make(); this.width(); Net.this.width();",
                    "Function<Unit, Object> f = Unit::depth; Supplier<Net> g = Net::make;",
                    "Unit Unit = new Unit(1); Unit = new Unit(2); Supplier<Unit> f = () -> new"
                            + " Unit(3);",
                    "try { width(); } catch (Exception e) { throw e; }",
                    "switch (1) { case 1: String field = \"\"; break; default: field = \"a\"; }",
                    "for (Unit a : List.of(new Unit(1)).stream().filter(a -> a.size > 1).toList())"
                            + " {}",
                    "synchronized (this) { width(); } assert width() > 0 : \"text\"; ;");

    static final List<String> RIGHT_MEMBERS =
            List.of(
                    "int f(Kind k) { switch (k) { case ONE: return 1; case TWO: return 2; default:"
                            + " throw new AssertionError(); } }",
                    "int f(Kind k) { return switch (k) { case ONE -> 1; case TWO -> 2; }; }",
                    "int f(int a) { switch (a) { case 1 -> { return 1; } default -> throw new"
                            + " IllegalStateException(); } }",
                    "int f() { while (true) { if (width() > 1) { return 1; } } }",
                    "int f() { for (;;) { try { return 1; } finally { width(); } } }",
                    "int f() { try { return read(); } catch (Exception e) { throw new"
                            + " RuntimeException(e); } }",
                    "int f() { synchronized (this) { return 1; } }",
                    "int f() { do { return 1; } while (true); }",
                    "@SuppressWarnings(\"finally\") int f() { while (true) { try { break; } finally"
                            + " { return 1; } } }",
                    "int f() { final boolean yes = true; while (yes) { width(); } }",
                    "static final class Sub extends Unit { Sub() { super(CONSTANT); } @Override"
                            + " Integer depth() { return super.size; } }",
                    "static class Any { private int a = read(); Any() throws java.io.IOException {}"
                            + " }",
                    "static class Any { static final int A; static { A = 1; } int f() { return A; }"
                            + " }",
                    "static class Box<T extends Number> { T one; T get() { return one; } void set(T"
                            + " t) { one = t; } int f() { return get().intValue(); } }",
                    "static abstract class Half implements Depth { Object more() { return depth();"
                            + " } }",
                    "static class Whole extends ArrayList<Unit> implements Depth { @Override public"
                            + " int depth() { return size(); } }",
                    "enum Mode { ON(1), OFF; final int a; Mode(int a) { this.a = a; } Mode() {"
                            + " this(2); } }",
                    "static class Base { int size; static class Builder { Builder base() { return"
                            + " this; } } } static class Sub extends Base { String size; int f() {"
                            + " return size.length(); } static class Builder extends Base.Builder { int"
                            + " own; int f(Builder o) { return o.own + new Builder().own; } } Builder"
                            + " f(Sub.Builder o) { return o; } }",
                    "enum Bare { A; Bare() {} }",
                    "static class By implements Comparator<Unit> { @Override public int"
                            + " compare(Unit a, Unit b) { return 1; } }",
                    "record Pair(int a, String b) implements Depth { Pair(int a) { this(a, \"\"); }"
                            + " @Override public int depth() { return a; } @Override public int a() {"
                            + " return a; } }",
                    "record Range(int from, int to) { Range { if (from > to) { from = to; } }"
                            + " static int f() { return CONSTANT; } }",
                    "interface Way { int A = CONSTANT; static int f() { return A; } default int g()"
                            + " { return f() + h(); } int h(); }",
                    "static class Any { final int a, b; { a = 1; } Any() { this.b = 1; } Any(int c)"
                            + " { this(); } }",
                    "static class Any { final int a; Any() { if (CONSTANT > 1) { a = 1; } else { a"
                            + " = 2; } } }",
                    "<Linear> Linear f(Linear one) { return one; }",
                    "class Deep extends Inner { int f() { return width() + field; } Deep self() {"
                            + " return this; } }",
                    "static int f(int... all) { int sum = 0; for (int one : all) { sum += one; }"
                            + " return sum; }",
                    "int f() throws java.io.IOException { class Local { int g() throws Exception {"
                            + " return read(); } } return read(); }",
                    "static int f() { int width = 1, field = 2; return width + field + new"
                            + " Net().width(); }",
                    "static class SubList extends AbstractList<Unit> { SubList one = this;"
                            + " @Override public Unit get(int i) { return null; } @Override public int"
                            + " size() { return 0; } }",
                    "static class Entry { static int size = 1; } static class Any extends"
                            + " WeakHashMap<Unit, Unit> { int f() { return Entry.size; } }",
                    "static class Base { class Part {} static class Sub extends Base { Part a = new"
                            + " Part(); } }",
                    "class Next extends Unit { Next() { super(width() + field); } Next(int a) {"
                            + " this(); } }",
                    "static class Base { Base(Inner a) {} } class Next extends Base { Next() {"
                            + " super(new Inner()); } }",
                    "static class None { final int a; None() { throw new IllegalStateException(); }"
                            + " }",
                    "static class Any { Integer a = 1; void f(Object o) { if (o instanceof Integer"
                            + " a) { IntSupplier f = () -> a; } a = 2; IntSupplier g = () -> a++; } }",
                    "static IntSupplier f() { return new IntSupplier() { int a = 1; @Override"
                            + " public int getAsInt() { return a + g(); } int g() { return this.a; } };"
                            + " }");
}
