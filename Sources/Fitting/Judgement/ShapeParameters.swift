// Which parameters give a law its shape: exponents and the like, which neither multiply a term nor divide a column.

extension Problem {
    /// The names of the parameters that enter neither linearly nor as a factor of a column: the exponents of
    /// `E + A/N^alpha + B/D^beta`. Without the labels of indexed ones; empty for a law that is linear in all.
    package var shapeParameters: [String] {
        let linear = model.linearFamilies
        let searched = model.families.indices.filter { !linear.contains($0) }
        let ranges = SearchRanges.ranges(of: searched, in: model)
        return searched.filter { k in ranges[k]?.isFactor != true }.map { model.families[$0].symbol.name }
    }

    /// The names of all parameters that are fitted, without the labels of indexed ones, in order of appearance.
    package var fittedNames: [String] {
        var names: [String] = []
        for family in model.families where !names.contains(family.symbol.name) { names.append(family.symbol.name) }
        return names
    }
}
