// makes new $ (12, 5)
// takes (1, 12)
package acme;

import ai.djl.nn.*;
import ai.djl.nn.core.*;
import dev.polyphony.*;

/**
 * Braces on lines of their own, tabs and spaces.
 */
@Packed
public final
class AllmanStyle
	extends SequentialBlock
{
	private final int width;

	/**
	 * Creates it.
	 */
	public
	AllmanStyle ( int width , int classes )
	{
		this . width = width ;
		for ( int i = 0 ; i < 2 ; i ++ )
		{
			add ( Linear
				. builder ( )
				. setUnits ( width )
				. build ( ) ) ;
		    add ( Activation :: relu ) ;   
		}
		add( Head . of ( classes ) );
	}


	private static class Head
	{
		static Block of ( int units )
		{
			return Linear . builder ( ) . setUnits ( units ) . build ( ) ;
		}
	}

}
