// What a cell is: the same rule for every format.

import Tables
import Testing

@Test(arguments: [
    "", "NA", "N/A", "n/a", "NaN", "nan", "NAN", "null", "NULL", "None", "-", ".", "?", "\"\"", "\"NA\"", "  ", " - ",
])
func aMissingValueIsWrittenInManyWays(cell: String) throws {
    let numbers = try read("x,y\n\(cell),1\n2,1\n").numbers("x")
    #expect(numbers[0].isNaN && numbers[1] == 2)
    #expect(try texts(read("x,y\n\(cell),1\nb,1\n"), "x") == ["?", "b"])
}

@Test(arguments: [
    "na", "Null", "none", "Nan", "N", "--", "..", "??", "NAN.", "0x10", "1e", "e5", "+", "1.2.3", "70b",
])
func textThatIsNearlyMissingOrNearlyANumberIsALabel(cell: String) throws {
    #expect(try texts(read("x,y\n\(cell),1\n"), "x") == [cell])
}

@Test(arguments: ["inf", "Inf", "INF", "+inf", "Infinity", "INFINITY", "+infinity", "1e999"])
func infinityIsANumber(cell: String) throws {
    #expect(try read("x\n\(cell)\n1\n").numbers("x") == [.infinity, 1])
}

@Test(arguments: ["-inf", "-Infinity", "-INF"])
func negativeInfinityIsANumber(cell: String) throws {
    #expect(try read("x\n\(cell)\n1\n").numbers("x") == [-.infinity, 1])
}

@Test(arguments: [
    ("70B", 7e10), ("1.4T", 1.4e12), ("5%", 0.05), ("-2.5e-3", -0.0025), ("+7", 7), (".5", 0.5), ("5.", 5),
    ("0.1", 0.1), ("123456789012345678", 123_456_789_012_345_680), ("\"2.5\"", 2.5), ("  3  ", 3),
    ("1.7976931348623157e308", Double.greatestFiniteMagnitude), ("4.9e-324", Double.leastNonzeroMagnitude),
])
func aNumberIsAQuantity(cell: String, value: Double) throws {
    #expect(try read("x,y\n\(cell),1\n").numbers("x") == [value])
    #expect(try read("y,x\n1,\(cell)\n").numbers("x") == [value])
    #expect(try read("y,x\n1,\(cell)").numbers("x") == [value])
}

@Test func aColumnIsNumbersWhereEveryCellThatIsThereIsOne() throws {
    let table = try read("a,b,c\n1,NA,1\n,NA,x\n3,,3\n")
    guard case .numbers? = table["a"]?.values, case .numbers(let missing)? = table["b"]?.values,
        case .labels? = table["c"]?.values
    else {
        Issue.record("wrong kinds: \(dump(table))")
        return
    }
    #expect(missing.allSatisfy { $0.isNaN })
}

@Test func numbersBeforeTheFirstTextKeepTheirOwnSpelling() throws {
    #expect(try texts(read("x\n1e3\n1000\n NA\n70B\nx\n1e3\n"), "x") == ["1e3", "1000", "?", "70B", "x", "1e3"])
}

@Test func trueAndFalseAreLabels() throws {
    #expect(try texts(read("ok\ntrue\nfalse\n\ntrue\n"), "ok") == ["true", "false", "true"])
}
