import Testing
import VectorMath

@Suite struct DispatchTests {
    @Test func `every level has a name and the best one is supported`() {
        #expect(String(cString: vm_level_name(.portable)) == "portable")
        #expect(String(cString: vm_level_name(.avx2)) == "avx2")
        #expect(String(cString: vm_level_name(.avx512)) == "avx512")
        #expect(vm_level_supported(.portable) == 1)
        #expect(vm_level_supported(vm_level_best()) == 1)
    }

    @Test func `a level that the processor lacks gives the portable kernels`() {
        for level in [vm_level.avx2, .avx512] where vm_level_supported(level) == 0 {
            #expect(vm_kernels_at(level) == vm_kernels_at(.portable))
        }
    }
}
